# The one list of what takes the place of ReLU: for each a header that equiripple writes while the
# study is built, its names, and the accuracy that the survey reports for it.
#
#   study_method(NAME identifier TITLE text SOURCE text [SURVEY percent] [FITTED] [ENCRYPTED]
#                COMMAND word...)
#
# FITTED: depends on the range, so that it is also tried at the range of the training data.
# ENCRYPTED: is run on ciphertexts where --only names nothing else.

set(EQUIRIPPLE_STUDY_RANGE 16 CACHE STRING
    "The study's activations are approximated on [-this, this]")
set(range ${EQUIRIPPLE_STUDY_RANGE})
set(relu --function "max(x,0)" --domain "[-${range},${range}]")

set(generated ${CMAKE_CURRENT_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${generated})
set(headers)
set(includes "")
set(visits "")

function(study_method)
  cmake_parse_arguments(method "FITTED;ENCRYPTED" "NAME;TITLE;SOURCE;SURVEY" "COMMAND" ${ARGN})
  set(header ${generated}/${method_NAME}.hpp)
  # The scale of the result is for the next layer to choose; levels are what a network lacks.
  list(APPEND method_COMMAND --no-absorption --minimise levels)
  add_custom_command(OUTPUT ${header} COMMAND equiripple ${method_COMMAND} -o ${header}
    DEPENDS equiripple VERBATIM)
  set(survey 0)
  if(method_SURVEY)
    set(survey ${method_SURVEY})
  endif()
  string(REGEX REPLACE "([^;]*[^-a-z0-9.,;=][^;]*)" "'\\1'" command "${method_COMMAND}")
  string(REPLACE ";" " " command "equiripple;${command}")
  string(CONCAT visit "  visit(MethodFacts{\"${method_NAME}\", \"${method_TITLE}\", "
    "\"${method_SOURCE}\",\n                    \"${command}\",\n                    ${survey}, "
    "$<IF:$<BOOL:${method_FITTED}>,true,false>, $<IF:$<BOOL:${method_ENCRYPTED}>,true,false>},\n"
    "        ${method_NAME}::Plan());\n")
  set(headers ${headers} ${header} PARENT_SCOPE)
  set(includes "${includes}#include \"${method_NAME}.hpp\"\n" PARENT_SCOPE)
  set(visits "${visits}${visit}" PARENT_SCOPE)
endfunction()

study_method(NAME square TITLE "square" SOURCE "CryptoNets 2016: x^2" SURVEY 72.04 ENCRYPTED
  COMMAND approximate --method given ${relu} --polynomial "x^2")
study_method(NAME quadratic TITLE "x^2/8 + x/2 + 1/4" SOURCE "approximation near 0"
  COMMAND approximate --method given ${relu} --polynomial "x^2/8+x/2+1/4")
study_method(NAME least_squares TITLE "least squares, degree 4"
  SOURCE "least squares on the range" SURVEY 58.27 FITTED
  COMMAND approximate --method least-squares ${relu} --degree 4)
study_method(NAME taylor TITLE "Taylor of softplus, degree 4"
  SOURCE "ReLU has no Taylor series at 0, ln(1 + e^x) has" SURVEY 42.54
  COMMAND approximate --method taylor --of "softplus(x)" ${relu} --degree 4)
study_method(NAME cryptodl TITLE "CryptoDL, degree 4"
  SOURCE "CryptoDL 2017: the integral of a weighted fit of sigmoid" SURVEY 73.73 FITTED ENCRYPTED
  COMMAND approximate --method cryptodl ${relu} --degree 4)
study_method(NAME chebyshev TITLE "Chebyshev interpolation, degree 8" SOURCE "at Chebyshev's points"
  FITTED
  COMMAND approximate --method chebyshev ${relu} --degree 8)
study_method(NAME securedl TITLE "SecureDL, error range/32"
  SOURCE "SecureDL 2019: least squares of the first degree that keeps an error" FITTED
  COMMAND approximate --method securedl ${relu} --error ${range}/32)
foreach(degree 2 4 8 16)
  study_method(NAME minimax_${degree} TITLE "minimax, degree ${degree}"
    SOURCE "one polynomial of least largest error" FITTED
    COMMAND minimax ${relu} --degree ${degree})
endforeach()

# One polynomial of degree 2^L - 1, for as many levels as a composite takes: of degree 2^L - 2, since
# ReLU is x / 2 and an even function.
foreach(levels 6 7 8 9)
  math(EXPR even "(1 << ${levels}) - 2")
  math(EXPR degree "${even} + 1")
  study_method(NAME direct_${degree} TITLE "direct minimax, degree ${degree}"
    SOURCE "one polynomial in the levels of a composite" FITTED ENCRYPTED
    COMMAND relu --degrees ${even} --range ${range})
endforeach()

study_method(NAME square_root TITLE "square-root max, 13 steps"
  SOURCE "Cheon et al. 2019: max by an iteration for the square root" FITTED
  COMMAND relu --stages 13*f1 --range ${range})
study_method(NAME f_g TITLE "f/g composite 3*g4,2*f4"
  SOURCE "Cheon, Kim and Kim 2020" FITTED
  COMMAND relu --stages 3*g4,2*f4 --range ${range})

# Degrees as Lee et al. give them for each accuracy alpha (error 2^-alpha of the range); for alpha 5
# as their published program finds them.
function(study_composite alpha degrees)
  study_method(NAME composite_${alpha} TITLE "minimax composite, alpha ${alpha}"
    SOURCE "Lee et al. 2021: degrees {${degrees}}" FITTED ${ARGN}
    COMMAND relu --degrees ${degrees} --range ${range})
  set(headers ${headers} PARENT_SCOPE)
  set(includes "${includes}" PARENT_SCOPE)
  set(visits "${visits}" PARENT_SCOPE)
endfunction()
study_composite(4 5)
study_composite(5 13 SURVEY 95.53 ENCRYPTED)
study_composite(6 3,7)
study_composite(7 7,7 ENCRYPTED)
study_composite(8 7,15)
study_composite(10 7,7,13 ENCRYPTED)
study_composite(12 7,15,27)
study_composite(14 15,27,29 SURVEY 96.60 ENCRYPTED)
study_method(NAME searched_13 TITLE "searched, 13 bits" FITTED
  SOURCE "degrees searched for the fewest levels" COMMAND relu --bits 13 --range ${range})

file(GENERATE OUTPUT ${generated}/study_methods.hpp CONTENT
"// The list of tools/study/methods.cmake, written by CMake.
#pragma once
${includes}
#include \"tools/study/method_facts.hpp\"

namespace equiripple::study {

inline constexpr double range = ${range};

/// Calls visit(facts, plan) for each.
template <class Visit>
void for_each_method(const Visit& visit) {
${visits}}

}  // namespace equiripple::study
")
