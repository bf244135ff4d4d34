# Compile through ccache when it is there. Paths are taken relative to the source folder, so that a second clone (or
# worktree) of the repository finds what the first one compiled.
find_program(MERIDIAN_CCACHE ccache DOC "ccache, or empty to compile without it")
mark_as_advanced(MERIDIAN_CCACHE)
if(MERIDIAN_CCACHE)
  foreach(_language C CXX)
    if(NOT CMAKE_${_language}_COMPILER_LAUNCHER OR CMAKE_${_language}_COMPILER_LAUNCHER STREQUAL "ccache")
      set(CMAKE_${_language}_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 CCACHE_DEPEND=1 ${MERIDIAN_CCACHE})
    endif()
  endforeach()
endif()
