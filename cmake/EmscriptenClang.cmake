# Compiles by Emscripten's clang directly. emcc is a Python script around it: its start costs as much processor time as
# a small file (docs/build.md, "Time"). The flags are those that emcc prints of itself; it still links.
execute_process(COMMAND ${CMAKE_CXX_COMPILER} --cflags
  OUTPUT_VARIABLE _flags OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE _failed ERROR_QUIET)
find_program(MERIDIAN_EM_CONFIG em-config HINTS ${EMSCRIPTEN_ROOT_PATH})
execute_process(COMMAND ${MERIDIAN_EM_CONFIG} LLVM_ROOT
  OUTPUT_VARIABLE _llvm OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(_failed OR NOT EXISTS "${_llvm}/clang++")
  message(STATUS "emcc does not print its flags: it compiles each file itself")
  return()
endif()
# Neither is ours: the rooms have no exceptions, and tests name what theirs need.
string(REPLACE "-fignore-exceptions" "" _flags "${_flags}")
string(REPLACE "-Xclang -iwithsysroot/include/SDL" "" _flags "${_flags}")
set(CMAKE_C_COMPILE_OBJECT "${_llvm}/clang ${_flags} <DEFINES> <INCLUDES> <FLAGS> -o <OBJECT> -c <SOURCE>")
set(CMAKE_CXX_COMPILE_OBJECT "${_llvm}/clang++ ${_flags} <DEFINES> <INCLUDES> <FLAGS> -o <OBJECT> -c <SOURCE>")
set(MERIDIAN_EXCEPTIONS -fexceptions "SHELL:-mllvm -enable-emscripten-cxx-exceptions")
