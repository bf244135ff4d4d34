# Third-party code and data: pinned in deps.json, fetched and checked by fetch_deps.py, compiled without our warnings.
# CMake itself downloads nothing: offline it would retry for minutes and end in an unreadable error.

find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
  ${CMAKE_CURRENT_LIST_DIR}/deps.json ${CMAKE_CURRENT_LIST_DIR}/fetch_deps.py)

set(_deps_only --only md4c --only libyaml --only tomlplusplus --only quickjs --only gemoji --only octicons --only minima
  --only geonames_cities --only geonames_regions --only iso_countries --only cldr_names)
if(MERIDIAN_TESTS)
  list(APPEND _deps_only --only catch2)
endif()
execute_process(
  COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/fetch_deps.py ${_deps_only}
    --unpack ${PROJECT_SOURCE_DIR}/build/sources --cmake ${PROJECT_BINARY_DIR}/deps.cmake
  RESULT_VARIABLE _deps_result)
if(NOT _deps_result EQUAL 0)
  message(FATAL_ERROR "Third-party sources are missing; the lines above say which and what to do.")
endif()
include(${PROJECT_BINARY_DIR}/deps.cmake)
message(STATUS "md4c ${md4c_VERSION}, libyaml ${libyaml_VERSION}, gemoji ${gemoji_VERSION}, octicons ${octicons_VERSION}, Catch2 ${catch2_VERSION}")

# The parser alone: entity.c is needed by md4c's own HTML writer only, ours has a table of its own.
set(_md4c ${PROJECT_BINARY_DIR}/md4c.c)
set(_make_md4c ${PROJECT_SOURCE_DIR}/core/markdown/make_md4c.py)
add_custom_command(OUTPUT ${_md4c}
  COMMAND ${Python3_EXECUTABLE} ${_make_md4c} ${md4c_DIR}/src/md4c.c ${_md4c}
  DEPENDS ${_make_md4c} ${md4c_DIR}/src/md4c.c VERBATIM)
add_library(md4c STATIC EXCLUDE_FROM_ALL ${_md4c})
target_include_directories(md4c SYSTEM PUBLIC ${md4c_DIR}/src)
meridian_code_generation(md4c)

# The engine of the site's plugins in JavaScript, for the command alone, without its library of files and processes.
# -O1 compiles it in 11 s (-O2: 25 s).
add_library(quickjs STATIC EXCLUDE_FROM_ALL)
foreach(_file quickjs libregexp libunicode cutils dtoa)
  target_sources(quickjs PRIVATE ${quickjs_DIR}/${_file}.c)
endforeach()
target_include_directories(quickjs SYSTEM PUBLIC ${quickjs_DIR})
target_compile_definitions(quickjs PRIVATE _GNU_SOURCE CONFIG_VERSION="${quickjs_VERSION}")
target_compile_options(quickjs PRIVATE -w -fwrapv -O1)
if(EMSCRIPTEN)
  # Without threads, and with the limit of the stack, which it leaves out there.
  target_compile_definitions(quickjs PRIVATE EMSCRIPTEN CONFIG_STACK_CHECK)
endif()

# minima is delivered as it is, by dist.py.
# libyaml is compiled in core/yaml; of gemoji, the names of GitHub's emoji, and of octicons, its icons,
# core/theme makes a pack each;
# of what GeoNames, countries-list and CLDR know of places core/travel makes the gazetteer.

if(MERIDIAN_TESTS)
  set(CMAKE_POLICY_DEFAULT_CMP0077 NEW)  # let the next lines set its options
  set(CATCH_INSTALL_DOCS OFF)
  set(CATCH_INSTALL_EXTRAS OFF)
  set(CATCH_ENABLE_REPRODUCIBLE_BUILD OFF)  # it puts the absolute path into every command, which ccache can't share
  add_subdirectory(${catch2_DIR} ${PROJECT_BINARY_DIR}/catch2 EXCLUDE_FROM_ALL SYSTEM)
  foreach(_catch Catch2 Catch2WithMain)
    target_compile_options(${_catch} PRIVATE -O1 -g0 PUBLIC ${MERIDIAN_EXCEPTIONS})
    # Its hundred files as one: where nothing is cached it is compiled in a tenth of the time.
    set_target_properties(${_catch} PROPERTIES CXX_STANDARD 20 UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
  endforeach()
endif()
