# Debian packages, by `cpack -G DEB` in the build tree: libequiripple-dev, the runtime for every
# architecture; equiripple, the tool; and libequiripple-make-dev, the library.
set(CPACK_PACKAGE_NAME equiripple)
set(CPACK_PACKAGE_CONTACT "The authors of equiripple")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL runtime)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_STRIP_FILES ON)

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME libequiripple-dev)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libdevel)
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION
    "Headers that evaluate generated polynomials with SEAL, OpenFHE and other libraries.")
install(FILES LICENSE DESTINATION share/doc/libequiripple-dev RENAME copyright COMPONENT runtime)

if(NOT EQUIRIPPLE_RUNTIME_ONLY)
  list(APPEND CPACK_COMPONENTS_ALL tool library)
  set(CPACK_DEBIAN_TOOL_PACKAGE_NAME equiripple)
  set(CPACK_DEBIAN_TOOL_PACKAGE_SECTION math)
  set(CPACK_DEBIAN_TOOL_PACKAGE_SHLIBDEPS ON)
  set(CPACK_DEBIAN_TOOL_PACKAGE_RECOMMENDS libequiripple-dev)
  set(CPACK_COMPONENT_TOOL_DESCRIPTION
      "Minimax and composite sign polynomials with proved error bounds, as C++ headers.")
  install(FILES LICENSE DESTINATION share/doc/equiripple RENAME copyright COMPONENT tool)

  set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libequiripple-make-dev)
  set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libdevel)
  set(CPACK_DEBIAN_LIBRARY_PACKAGE_SHLIBDEPS ON)
  set(CPACK_DEBIAN_LIBRARY_PACKAGE_RECOMMENDS libequiripple-dev)
  set(CPACK_COMPONENT_LIBRARY_DESCRIPTION
      "Makes and proves polynomials inside an application: equiripple for C++, C and what calls C.")
  install(FILES LICENSE DESTINATION share/doc/libequiripple-make-dev RENAME copyright
          COMPONENT library)
endif()
include(CPack)
