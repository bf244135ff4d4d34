// CMake.
#include "lexer.h"

namespace meridian::rouge {

namespace {
constexpr Name kText = R"~(
%builtin add_compile_definitions add_compile_options add_custom_command add_custom_target
%builtin add_definitions add_dependencies add_executable add_library add_link_options
%builtin add_subdirectory add_test aux_source_directory break build_command build_name
%builtin cmake_host_system_information cmake_language cmake_minimum_required cmake_parse_arguments
%builtin cmake_policy configure_file create_test_sourcelist define_property else elseif
%builtin enable_language enable_testing endforeach endfunction endif endmacro endwhile exec_program
%builtin execute_process export export_library_dependencies file find_file find_library
%builtin find_package find_path find_program fltk_wrap_ui foreach function get_cmake_property
%builtin get_directory_property get_filename_component get_property get_source_file_property
%builtin get_target_property get_test_property if include include_directories
%builtin include_external_msproject include_guard include_regular_expression install install_files
%builtin install_programs install_targets link_directories link_libraries list load_cache
%builtin load_command macro make_directory mark_as_advanced math message option
%builtin output_required_files project qt_wrap_cpp qt_wrap_ui remove remove_definitions return
%builtin separate_arguments set set_directory_properties set_property set_source_files_properties
%builtin set_target_properties set_tests_properties site_name source_group string subdir_depends
%builtin subdirs target_compile_definitions target_compile_features target_compile_options
%builtin target_include_directories target_link_directories target_link_libraries
%builtin target_link_options target_precompile_headers target_sources try_compile try_run unset
%builtin use_mangled_mesa utility_source variable_requires variable_watch while write_file
@variable
\$\{ => si +reference
@root
<variable
[ \t] => t
[()] => p
#\[=*\[ => cm *open =bracket_comment
\[=*\[ => s2 *open =bracket_string
\\" => t
" => s2 +quoted_argument
([A-Za-z_][A-Za-z0-9_]*)([ \t]*)(\() => builtin?nb|nf t p
#.* => c1
(?m). => t
@bracket_string
\]=*\] => s2 *close
<variable
(?m). => s2
@bracket_comment
\]=*\] => cm *close
(?m). => cm
@reference
<variable
} => si -
(?m). => nv
@quoted_argument
<variable
" => s2 +root
\\[()#" \\$@^trn;] => se
(?m). => s2
)~";

// Of the bracket that is open, `numbers` has the characters: `[==[` ends at `]==]`.
bool open(Run& run) {
  Str bracket = run.match.group(0);
  run.numbers.size = 0;
  run.numbers.add(run.arena(), std::uint32_t(bracket.size() - starts_with(bracket, "#")));
  return true;
}
bool close(Run& run) {
  if (run.match.group(0).size() == run.numbers.back()) run.go("root");
  return true;
}
constexpr Hook kHooks[] = {{"open", open}, {"close", close}};
}  // namespace

const Language kCmake = {"cmake", "", kText, kHooks, 2};

}  // namespace meridian::rouge
