# CPack's settings of the Debian package; cmake/release.py fills MERIDIAN_* and calls
#   cpack --config cmake/deb.cmake
set(CPACK_GENERATOR DEB)
set(CPACK_CMAKE_GENERATOR Ninja)
set(CPACK_PACKAGE_NAME meridian)
set(CPACK_PACKAGE_VERSION "$ENV{MERIDIAN_VERSION}")
set(CPACK_PACKAGE_VENDOR "The Meridian developers")
# Debian asks for an address. The project has none: SECURITY.md says how to reach its developers.
set(CPACK_PACKAGE_CONTACT "The Meridian developers <meridian@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Renders a site from its raw sources, as Jekyll does")
set(CPACK_PACKAGE_DESCRIPTION
  "Meridian turns a folder of Markdown, Liquid, YAML and Sass, with Jekyll's
conventions, into a website: as HTML files, or as the sources with a shell
that renders them in visitors' browsers. The program is static.")
set(CPACK_PACKAGE_FILE_NAME "meridian_$ENV{MERIDIAN_VERSION}_$ENV{MERIDIAN_ARCHITECTURE}")
set(CPACK_PACKAGE_DIRECTORY "$ENV{MERIDIAN_OUT}")
set(CPACK_INSTALLED_DIRECTORIES "$ENV{MERIDIAN_STAGE}" "/")
set(CPACK_PACKAGING_INSTALL_PREFIX "/")
set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE "$ENV{MERIDIAN_ARCHITECTURE}")
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
# xz would take 1 MB less, and five seconds of each test of a release.
set(CPACK_DEBIAN_COMPRESSION_TYPE gzip)
# Time zones, for sites with `timezone` in _config.yml.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS tzdata)
# By which `check --external` asks other hosts.
set(CPACK_DEBIAN_PACKAGE_SUGGESTS curl)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
