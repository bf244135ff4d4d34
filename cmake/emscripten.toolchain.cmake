# Finds Emscripten's own CMake toolchain from $EMSDK or from the emcc in the PATH, wherever it is installed.
set(_candidates "")
if(DEFINED ENV{EMSDK})
  list(APPEND _candidates $ENV{EMSDK}/upstream/emscripten)
endif()
find_program(MERIDIAN_EMCC emcc)
if(MERIDIAN_EMCC)
  get_filename_component(_emcc ${MERIDIAN_EMCC} REALPATH)
  get_filename_component(_emcc_folder ${_emcc} DIRECTORY)
  # Homebrew's emcc is a small script beside libexec/.
  list(APPEND _candidates ${_emcc_folder} ${_emcc_folder}/../libexec /usr/share/emscripten)
endif()
foreach(_candidate IN LISTS _candidates)
  if(EXISTS ${_candidate}/cmake/Modules/Platform/Emscripten.cmake)
    include(${_candidate}/cmake/Modules/Platform/Emscripten.cmake)
    # What this file sets (node with flags that newer versions refuse) is not for us: tests are run by plain node.
    unset(CMAKE_CROSSCOMPILING_EMULATOR CACHE)
    unset(CMAKE_CROSSCOMPILING_EMULATOR)
    return()
  endif()
endforeach()
message(FATAL_ERROR "Emscripten was not found: put emcc into the PATH, or set EMSDK. "
  "`python3 cmake/toolchain.py` says how to install it.")
