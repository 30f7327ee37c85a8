# OpenFHE's package sets variables rather than targets with usage requirements.
function(equiripple_use_openfhe target)
  target_include_directories(${target} SYSTEM INTERFACE
    ${OpenFHE_INCLUDE} ${OpenFHE_INCLUDE}/core ${OpenFHE_INCLUDE}/pke ${OpenFHE_INCLUDE}/binfhe)
  # Of its flags those that change what its headers declare, not its warnings.
  string(REGEX MATCHALL "-DMATHBACKEND=[0-9]+|-DOPENFHE_VERSION=[0-9.]+|-DWITH_[A-Z_]+" definitions
         "${OpenFHE_CXX_FLAGS}")
  target_compile_options(${target} INTERFACE ${definitions})
  if(OpenFHE_OPENMP)
    find_package(OpenMP QUIET COMPONENTS CXX)
    if(OpenMP_CXX_FOUND)
      target_link_libraries(${target} INTERFACE OpenMP::OpenMP_CXX)
    endif()
  endif()
  target_link_libraries(${target} INTERFACE OPENFHEpke OPENFHEbinfhe OPENFHEcore)
endfunction()
