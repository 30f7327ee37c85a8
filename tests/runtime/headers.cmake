# Headers that the tool generates while the tests are built, one for each line of the list.
set(generated_headers)
function(equiripple_test_header name)
  set(header ${CMAKE_CURRENT_BINARY_DIR}/generated/${name}.hpp)
  add_custom_command(
    OUTPUT ${header}
    COMMAND equiripple ${ARGN} -o ${header}
    DEPENDS equiripple
    VERBATIM)
  set(generated_headers ${generated_headers} ${header} PARENT_SCOPE)
endfunction()

file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/generated)
equiripple_test_header(constant minimax --function "exp(x)" --domain "[0,1]" --degree 0)
equiripple_test_header(line minimax --function "exp(x)" --domain "[0.1,1]" --degree 1)
equiripple_test_header(sigmoid_d31 minimax --function "sigmoid(x)" --domain "[-8,8]" --degree 31)
equiripple_test_header(exp_d12 minimax --function "exp(x)" --domain "[-2,1/3]" --degree 12)
equiripple_test_header(log_d20 minimax --function "log(x)" --domain "[0.05,1]" --degree 20)
equiripple_test_header(monic_d4 minimax --function "exp(x)" --domain "[-2,2]" --degree 4
  --leading 1)
equiripple_test_header(cos_d64 minimax --function "cos(20*x)" --domain "[-1,1]" --degree 64)
equiripple_test_header(sign_d63 sign --gap 2^-5 --degrees 63)
equiripple_test_header(sign_chain sign --gap 2^-8 --degrees 15,15,27 --minimise levels)
equiripple_test_header(step_chain step --gap 2^-4 --degrees 7,15 --range 3)
equiripple_test_header(compare_chain compare --gap 2^-4 --degrees 7,15)
equiripple_test_header(relu_small relu --degrees 7,7 --range 50)
equiripple_test_header(relu_large relu --degrees 15,15,27 --minimise levels)
equiripple_test_header(relu_single relu --degrees 7 --range 50)
equiripple_test_header(abs_chain abs --degrees 7,7 --range 2)
equiripple_test_header(max_chain max --degrees 7,15 --range 10)
equiripple_test_header(min_chain min --degrees 7,15 --range 10)
equiripple_test_header(relu_direct relu --degrees 24 --range 50)
equiripple_test_header(max_direct max --degrees 16 --range 10)
equiripple_test_header(wide_inverse inverse --domain "[2^-8,1]" --error 2^-20)
equiripple_test_header(wide_rsqrt rsqrt --domain "[2^-8,1]" --error 2^-20)
equiripple_test_header(wide_sqrt sqrt --domain "[2^-8,1]" --degree 7 --corrections 3)
equiripple_test_header(narrow_rsqrt rsqrt --domain "[1/24,3/8]" --degree 31 --corrections 1)
equiripple_test_header(sign_refreshed sign --gap 2^-6 --degrees 7,7,7
  --refresh levels=6,noise=2^-9.3,cost=800)
equiripple_test_header(relu_refreshed relu --degrees 7,15,15 --range 8
  --refresh levels=8,noise=2^-9.3,cost=800)
equiripple_test_header(relu_bootstrapped relu --degrees 7,29,29
  --refresh levels=8,noise=2^-10,cost=800,lowest=1)
equiripple_test_header(max_refreshed max --degrees 7,15 --refresh levels=7,noise=2^-8,cost=0,start=5)
equiripple_test_header(step_refreshed step --threshold 0.3 --gap 0.05 --domain "[-1,1]" --error 2^-8
  --refresh levels=5,noise=2^-9.3,cost=800)
equiripple_test_header(sign_bootstrapped sign --gap 1/8 --error 2^-8 --refresh
  levels=4,noise=2^-5.2,cost=800,lowest=1)
equiripple_test_header(relu_input relu --bits 7 --range 50
  --refresh levels=8,noise=2^-9.3,cost=800,start=1)
equiripple_test_header(sign_input sign --gap 2^-4 --error 2^-10
  --refresh levels=6,noise=2^-9.3,cost=800,start=0)
equiripple_test_header(max_input max --bits 6 --range 4
  --refresh levels=8,noise=2^-9.3,cost=800,start=2)
equiripple_test_header(relu_input_bootstrapped relu --bits 8
  --refresh levels=8,noise=2^-10,cost=800,start=1,lowest=1)
equiripple_test_header(quantise_refreshed quantise --to=-1,0,1 --gap 1/4 --domain "[-2,2]"
  --error 2^-12 --refresh levels=5,noise=2^-10,cost=800)
equiripple_test_header(activation_refreshed activation --function "sigmoid(x)" --range 256
  --error 2^-5 --refresh levels=6,noise=2^-14,cost=800)
equiripple_test_header(max_small max --bits 7 --range 4 --minimise levels)
equiripple_test_header(compare_small compare --gap 1/36 --error 2^-4 --range 4.5 --minimise levels)
equiripple_test_header(layernorm_12 layernorm --length 12 --variance "[1/16,4]" --error 2^-8)
equiripple_test_header(exp_refreshed exp --domain "[-64,0]" --error 2^-7
  --refresh levels=3,noise=2^-12,cost=800)
equiripple_test_header(exp_relative_refreshed exp --domain "[-8,3]" --error 2^-10 --relative
  --refresh levels=3,noise=2^-18,cost=800)
equiripple_test_header(inverse_refreshed inverse --domain "[2^-6,1]" --error 2^-20
  --refresh levels=5,noise=2^-9.3,cost=800)
equiripple_test_header(rsqrt_refreshed rsqrt --domain "[2^-8,1]" --error 2^-18
  --refresh levels=6,noise=2^-9.3,cost=800,lowest=1)
equiripple_test_header(sqrt_refreshed sqrt --domain "[2^-8,1]" --error 2^-18
  --refresh levels=6,noise=2^-9.3,cost=800,lowest=1)
equiripple_test_header(divide_refreshed divide --numerator "[-1,1]" --domain "[2^-4,1]"
  --error 2^-18 --refresh levels=5,noise=2^-9.3,cost=800)
equiripple_test_header(softmax_refreshed softmax --length 8 --range 1 --error 2^-6
  --refresh levels=8,noise=2^-12,cost=800,start=5,lowest=1)
equiripple_test_header(argmax_refreshed argmax --slots 4 --gap 1/4 --range 1 --error 2^-6
  --refresh levels=9,noise=2^-9.3,cost=800,lowest=1)
equiripple_test_header(argmax_bootstrapped argmax --slots 4 --gap 1/2 --range 1 --error 2^-6
  --refresh levels=8,noise=2^-10,cost=800,lowest=1)
equiripple_test_header(softmax_bootstrapped softmax --length 4 --range 1 --error 2^-5
  --refresh levels=8,noise=2^-10,cost=800,start=4,lowest=1)
equiripple_test_header(softmax_bootstrapped_fixed softmax --length 4 --range 1 --error 2^-2
  --refresh levels=8,noise=2^-6,cost=800,start=4,lowest=1)
equiripple_test_header(layernorm_bootstrapped layernorm --length 4 --variance "[1/4,1]"
  --error 2^-5 --refresh levels=8,noise=2^-10,cost=800,start=4,lowest=1)
equiripple_test_header(layernorm_bootstrapped_fixed layernorm --length 4 --variance "[1/4,1]"
  --error 2^-3 --refresh levels=8,noise=2^-6,cost=800,start=4,lowest=1)
equiripple_test_header(largest_6 largest --slots 6 --range 2 --error 1/16)
equiripple_test_header(largest_refreshed largest --slots 8 --range 1 --error 1/16
  --refresh levels=8,noise=2^-10,cost=800,lowest=1)
equiripple_test_header(swap_small compare-and-swap --bits 6 --range 8)
equiripple_test_header(layernorm_refreshed layernorm --length 12 --variance "[1/4,4]" --error 2^-5
  --refresh levels=8,noise=2^-14,cost=800,start=4,lowest=1)

# Those of the applications in tools/examples/slots.
set(slots_folder ${PROJECT_SOURCE_DIR}/tools/examples/slots)
set(slots_headers)
foreach(name softmax_16 softmax_64 softmax_256 layernorm_768 argmax_16 largest_16 swap_10)
  list(APPEND slots_headers ${CMAKE_CURRENT_BINARY_DIR}/generated/${name}.hpp)
endforeach()
add_custom_command(
  OUTPUT ${slots_headers}
  COMMAND equiripple generate ${slots_folder}/functions.toml
          --out-dir ${CMAKE_CURRENT_BINARY_DIR}/generated
  COMMAND ${CMAKE_COMMAND} -E touch_nocreate ${slots_headers}
  DEPENDS equiripple ${slots_folder}/functions.toml
  VERBATIM)
list(APPEND generated_headers ${slots_headers})

# The same as data.
foreach(name sign_refreshed relu_input)
  set(program ${CMAKE_CURRENT_BINARY_DIR}/generated/${name}.program)
  add_custom_command(
    OUTPUT ${program}
    COMMAND equiripple emit ${CMAKE_CURRENT_BINARY_DIR}/generated/${name}.hpp
            --target program -o ${program}
    DEPENDS equiripple ${CMAKE_CURRENT_BINARY_DIR}/generated/${name}.hpp
    VERBATIM)
  list(APPEND generated_headers ${program})
endforeach()

# The form for OpenFHE's own evaluator.
set(vectors ${CMAKE_CURRENT_BINARY_DIR}/generated/relu_vectors.hpp)
add_custom_command(
  OUTPUT ${vectors}
  COMMAND equiripple relu --degrees 7,7 --range 50 -o ${CMAKE_CURRENT_BINARY_DIR}/generated/relu_vectors.json
  COMMAND equiripple emit ${CMAKE_CURRENT_BINARY_DIR}/generated/relu_vectors.json --target openfhe -o ${vectors}
  DEPENDS equiripple
  VERBATIM)
list(APPEND generated_headers ${vectors})
add_custom_target(equiripple_test_headers DEPENDS ${generated_headers})
