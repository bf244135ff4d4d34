# How a room, a test and a third-party library are compiled. docs/build.md explains the flags, with their measurements.

set(MERIDIAN_ROOMS base text rouge search sass value bibtex scholar yaml liquid commonmark markdown patch theme geo travel notes stills site inspect profile workspace writer check live)

# Warnings are errors with the compilers that this project is tried with; a newer one may know new warnings.
if((CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION MATCHES "^12\\.")
   OR (CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION MATCHES "^1[45]\\."))
  set(_werror ON)
else()
  set(_werror OFF)
endif()
option(MERIDIAN_WERROR "Treat compiler warnings as errors" ${_werror})

# Flags that decide what code is made, for our rooms and third-party code alike. HOT: speed before bytes.
function(meridian_code_generation target)
  cmake_parse_arguments(ARG "HOT" "" "" ${ARGN})
  # The same bytes from every build: no fused multiply-add, and char is signed everywhere.
  target_compile_options(${target} PRIVATE -ffp-contract=off -fsigned-char)
  if(EMSCRIPTEN)
    if(ARG_HOT)
      target_compile_options(${target} PRIVATE -O2)
    else()
      # emcc adds -fno-inline-functions to -Oz by itself; taking that back makes code smaller and twice as fast.
      target_compile_options(${target} PRIVATE -Oz -finline-functions)
    endif()
    target_compile_options(${target} PRIVATE -fno-unroll-loops -fno-vectorize -fno-slp-vectorize
      -fmerge-all-constants -mbulk-memory -msign-ext -mnontrapping-fptoint)
    # A switch of few cases is shorter as comparisons than as a table of branches (1.1 % of the module after brotli), and
    # nothing is computed twice to have it once less on some path (0.3 %).
    target_compile_options(${target} PRIVATE "SHELL:-mllvm -min-jump-table-entries=8" "SHELL:-mllvm -enable-pre=false"
      "SHELL:-mllvm -enable-load-pre=false")
  endif()
  if(MERIDIAN_SANITIZE)
    target_compile_options(${target} PRIVATE
      -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
  endif()
  if(MERIDIAN_COUNT)
    # A call of __sanitizer_cov_trace_pc() in each block of code.
    target_compile_options(${target} PRIVATE -fsanitize-coverage=trace-pc)
  endif()
endfunction()

function(meridian_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra)
  if(MERIDIAN_WERROR)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()

# Compiles the files of a target a dozen as one: alone each takes half of its time for the same headers. APART names
# those that can't be, since they share names with others.
function(meridian_unity target)
  cmake_parse_arguments(ARG "" "" "APART" ${ARGN})
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
  set_source_files_properties(${ARG_APART} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)  # it takes each of the files for a header
  endif()
endfunction()

# Puts the arrows of a target into link libraries: the name of a room means its library.
function(_meridian_link target scope self)
  foreach(_link IN LISTS ARGN)
    if(_link IN_LIST MERIDIAN_ROOMS AND NOT _link STREQUAL self)
      target_link_libraries(${target} ${scope} meridian_${_link})
    else()
      target_link_libraries(${target} ${scope} ${_link})
    endif()
  endforeach()
endfunction()

# meridian_room(NAME SOURCES file… [HOT] [HOT_SOURCES file… [HOT_INLINING size]] [APART file…] [LINKS room-or-library…])
#
# The room NAME: library meridian_NAME from core/NAME/, public header core/include/meridian/NAME.h. LINKS draws its
# arrows (tests/arrows.py compares the includes with the table ARROWS). In wasm a room is compiled for few bytes;
# HOT compiles it, HOT_SOURCES some of its files (listed here instead of in SOURCES), for speed: functions up to the
# size HOT_INLINING are inlined there, elsewhere those up to INLINING.
# APART names files that share names with others, see meridian_unity.
# Third-party libraries: md4c, libyaml.
function(meridian_room name)
  cmake_parse_arguments(ARG "HOT" "INLINING;HOT_INLINING" "SOURCES;HOT_SOURCES;LINKS;APART" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "meridian_room(${name}): unknown words ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT name IN_LIST MERIDIAN_ROOMS)
    message(FATAL_ERROR "meridian_room(${name}): no such room in cmake/Room.cmake")
  endif()
  set(target meridian_${name})
  add_library(${target} STATIC ${ARG_SOURCES})
  if(ARG_HOT)
    _meridian_room_objects(${target} HOT APART ${ARG_APART})
  else()
    _meridian_room_objects(${target} APART ${ARG_APART})
  endif()
  if(EMSCRIPTEN AND NOT ARG_HOT)
    # Only what makes the caller much smaller is inlined: 1.1 % of the module (brotli).
    if(NOT ARG_INLINING)
      set(ARG_INLINING -30)
    endif()
    target_compile_options(${target} PRIVATE "SHELL:-mllvm -inline-threshold=${ARG_INLINING}")
  endif()
  _meridian_link(${target} PUBLIC ${name} ${ARG_LINKS})
  if(ARG_HOT_SOURCES)
    set(_generated ${ARG_SOURCES})
    list(FILTER _generated INCLUDE REGEX "\\.inc$")  # made before either is compiled
    add_library(${target}_hot OBJECT ${ARG_HOT_SOURCES} ${_generated})
    _meridian_room_objects(${target}_hot HOT APART ${ARG_APART})
    if(EMSCRIPTEN)
      # Inlining small functions alone is as fast as the compiler's own choice (a threshold of 225), at two thirds of
      # the bytes.
      if(NOT ARG_HOT_INLINING)
        set(ARG_HOT_INLINING 60)
      endif()
      target_compile_options(${target}_hot PRIVATE "SHELL:-mllvm -inline-threshold=${ARG_HOT_INLINING}")
    endif()
    _meridian_link(${target}_hot PUBLIC ${name} ${ARG_LINKS})
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:${target}_hot>)
  endif()
endfunction()

# What all files of a room are compiled with.
function(_meridian_room_objects target)
  cmake_parse_arguments(ARG "HOT" "" "APART" ${ARGN})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/core/include PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions -fno-rtti>)
  meridian_warnings(${target})
  if(NOT (EMSCRIPTEN AND ARG_HOT))  # there it would inline across files: 0.15 % of the module
    meridian_unity(${target} APART ${ARG_APART})
  endif()
  if(ARG_HOT)
    meridian_code_generation(${target} HOT)
  else()
    meridian_code_generation(${target})
  endif()
endfunction()

# Emscripten brings LLVM's linker, which takes a third of the time of GNU's: 0.2 s instead of 0.6 s for each of 56
# programs with sanitizers.
find_program(MERIDIAN_LLD ld.lld DOC "LLVM's linker, or empty to link by the system's")
mark_as_advanced(MERIDIAN_LLD)

# Common to the executables of tests.
function(_meridian_test_executable target)
  target_compile_features(${target} PRIVATE cxx_std_20)
  # Not -O0, which compiles in half the time: inline functions of headers that the linker takes from here are the rooms'.
  target_compile_options(${target} PRIVATE -O1 -g1)
  meridian_warnings(${target})
  if(EMSCRIPTEN)
    # Linked at -O1: above it emcc wants acorn. The stack is that of the delivered modules, so that a limit of depth
    # that is too generous shows here. -fexceptions is Catch2's; the rooms stay without.
    target_compile_options(${target} PRIVATE ${MERIDIAN_EXCEPTIONS})
    target_link_options(${target} PRIVATE -O1 -fexceptions -sNODERAWFS=1 -sALLOW_MEMORY_GROWTH
      -sMAXIMUM_MEMORY=1GB -sWASM_ASYNC_COMPILATION=0 -sENVIRONMENT=node -sEXIT_RUNTIME=1
      -s${MERIDIAN_STACK_SETTING}=960KB -Wl,--stack-first)
    set_target_properties(${target} PROPERTIES SUFFIX .js)
  endif()
  if(MERIDIAN_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=address,undefined -fno-sanitize-recover=all)
    target_link_options(${target} PRIVATE -fsanitize=address,undefined)
    if(MERIDIAN_LLD)
      target_link_options(${target} PRIVATE -fuse-ld=lld)
    endif()
  endif()
  add_dependencies(tests ${target})
endfunction()

# meridian_test(NAME [SOURCES file…] LINKS room…)
#
# The unit tests NAME_test.cpp of the current folder (and SOURCES), with Catch2, linked to the rooms under test and
# what their arrows bring. The same file runs natively and, as wasm, under Node. Tests run in the repository's root.
function(meridian_test name)
  if(NOT MERIDIAN_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name}_test EXCLUDE_FROM_ALL ${name}_test.cpp ${ARG_SOURCES})
  set_target_properties(${name}_test PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  target_link_libraries(${name}_test PRIVATE Catch2::Catch2WithMain)
  _meridian_link(${name}_test PRIVATE "" ${ARG_LINKS})
  _meridian_test_executable(${name}_test)
endfunction()

# meridian_spec(NAME [SOURCES file…] LINKS room…)
#
# A runner of a specification's examples, NAME_spec.cpp (and SOURCES): a program without Catch2 that reads a corpus,
# prints what fails and ends with the line "N passed, M failed" or "N passed, M failed, K skipped".
function(meridian_spec name)
  if(NOT MERIDIAN_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name}_spec EXCLUDE_FROM_ALL ${name}_spec.cpp ${ARG_SOURCES})
  set_target_properties(${name}_spec PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/spec)
  _meridian_link(${name}_spec PRIVATE "" ${ARG_LINKS})
  _meridian_test_executable(${name}_spec)
endfunction()
