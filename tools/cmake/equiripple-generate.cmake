# Generated headers in a build:
#
#   equiripple_generate(TARGET app SPEC activations.toml [OUT_DIR folder] [CACHE folder])
#
# makes the files of the spec in OUT_DIR (default: equiripple/app in the build tree), which is put on
# the target's include path, and links equiripple::runtime. They are made again when the spec, a file
# that it names or the tool changes. The tool is the target equiripple::tool where it is built or
# installed along; else the program that EQUIRIPPLE_EXECUTABLE names, or that find_program finds: for
# cross-compiling name one that runs here. CACHE is `equiripple generate --cache`.

# In `result`: what to run, and what its outputs depend on.
function(equiripple_find_tool result)
  if(EQUIRIPPLE_EXECUTABLE)
    set(${result} "${EQUIRIPPLE_EXECUTABLE}" PARENT_SCOPE)
  elseif(TARGET equiripple::tool AND NOT CMAKE_CROSSCOMPILING)
    set(${result} equiripple::tool PARENT_SCOPE)
  else()
    find_program(EQUIRIPPLE_EXECUTABLE equiripple
                 DOC "The program equiripple, which runs on this machine")
    if(NOT EQUIRIPPLE_EXECUTABLE)
      message(FATAL_ERROR "equiripple_generate: the program equiripple was not found; name it by "
                          "-DEQUIRIPPLE_EXECUTABLE=...")
    endif()
    set(${result} "${EQUIRIPPLE_EXECUTABLE}" PARENT_SCOPE)
  endif()
endfunction()

# In `result`: whether the tool is a target of this build, which is not there yet.
function(equiripple_tool_is_to_be_built tool result)
  set(to_be_built FALSE)
  if(TARGET ${tool})
    get_target_property(imported ${tool} IMPORTED)
    if(NOT imported)
      set(to_be_built TRUE)
    endif()
  endif()
  set(${result} ${to_be_built} PARENT_SCOPE)
endfunction()

# In `result`: the names of the files, as the tool tells them.
function(equiripple_ask_for_files spec tool result)
  if(TARGET ${tool})
    get_target_property(tool ${tool} LOCATION)
  endif()
  execute_process(COMMAND "${tool}" generate --list "${spec}"
                  OUTPUT_VARIABLE names ERROR_VARIABLE said RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "equiripple_generate: ${tool} ended with '${status}': ${said}")
  endif()
  string(STRIP "${names}" names)
  string(REPLACE "\n" ";" names "${names}")
  set(${result} "${names}" PARENT_SCOPE)
endfunction()

# In `result`: the names of the files, off the lines of an ordinary spec, with a table for each
# function under a heading of its own. Of any other this is a guess, which the build corrects.
function(equiripple_guess_files spec result)
  set(names "")
  file(STRINGS "${spec}" lines REGEX "^[ \t]*(\\[[^[]*\\]|format[ \t]*=)" ENCODING UTF-8)
  foreach(line IN LISTS lines)
    if(line MATCHES "^[ \t]*\\[[ \t]*[\"']?([A-Za-z_][A-Za-z0-9_]*)")
      set(name "${CMAKE_MATCH_1}")
      list(APPEND names ${name}.hpp)
    elseif(line MATCHES "^[^=]*=[ \t]*(\"json\"|'json')[ \t]*(#|$)")
      list(TRANSFORM names REPLACE "^${name}[.]hpp$" "${name}.json")
    endif()
  endforeach()
  list(REMOVE_DUPLICATES names)
  set(${result} "${names}" PARENT_SCOPE)
endfunction()

# In `result`: the names as the build has listed them in the file `listed` since the spec was
# written; before, what is guessed, which is then in that file. Where the build lists others, the
# next one begins by configuring again.
function(equiripple_remembered_files spec listed result)
  if("${spec}" IS_NEWER_THAN "${listed}")
    equiripple_guess_files("${spec}" names)
    list(JOIN names "\n" text)
    file(WRITE "${listed}" "${text}\n")
  endif()
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${listed}")
  file(STRINGS "${listed}" names)
  set(${result} "${names}" PARENT_SCOPE)
endfunction()

function(equiripple_generate)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "TARGET;SPEC;OUT_DIR;CACHE" "")
  if(NOT arg_TARGET OR NOT arg_SPEC OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "equiripple_generate(TARGET target SPEC file.toml [OUT_DIR folder] "
                        "[CACHE folder]): ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT TARGET ${arg_TARGET})
    message(FATAL_ERROR "equiripple_generate: there is no target '${arg_TARGET}'")
  endif()
  get_filename_component(spec "${arg_SPEC}" ABSOLUTE)
  if(NOT EXISTS "${spec}")
    message(FATAL_ERROR "equiripple_generate: there is no file '${spec}'")
  endif()
  if(NOT arg_OUT_DIR)
    set(arg_OUT_DIR equiripple/${arg_TARGET})
  endif()
  get_filename_component(folder "${arg_OUT_DIR}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_BINARY_DIR}")
  set(cache "")
  if(arg_CACHE)
    get_filename_component(cache "${arg_CACHE}" ABSOLUTE BASE_DIR "${CMAKE_CURRENT_BINARY_DIR}")
    set(cache --cache "${cache}")
  endif()

  # One command for each spec and folder, however many targets use it.
  string(MD5 id "${spec} ${folder}")
  string(SUBSTRING "${id}" 0 8 id)
  set(name equiripple_generate_${id})
  if(NOT TARGET ${name})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${spec}")
    equiripple_find_tool(tool)
    # The stamp is what is always new: files that did not change keep their times.
    set(stamp "${CMAKE_CURRENT_BINARY_DIR}/${name}.stamp")
    set(listing "")
    equiripple_tool_is_to_be_built("${tool}" to_be_built)
    if(to_be_built)
      set(listed "${CMAKE_CURRENT_BINARY_DIR}/${name}.files")
      equiripple_remembered_files("${spec}" "${listed}" files)
      set(listing COMMAND "${tool}" generate --list "${spec}" > "${listed}.now"
                  COMMAND "${CMAKE_COMMAND}" -E copy_if_different "${listed}.now" "${listed}")
    else()
      equiripple_ask_for_files("${spec}" "${tool}" files)
    endif()
    list(TRANSFORM files PREPEND "${folder}/")
    add_custom_command(
      OUTPUT "${stamp}"
      BYPRODUCTS ${files}
      ${listing}
      COMMAND "${tool}" generate "${spec}" --out-dir "${folder}" --depfile "${stamp}.d" --quiet
              ${cache}
      COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
      DEPENDS "${spec}" "${tool}"
      DEPFILE "${stamp}.d"
      COMMENT "Generating the functions of ${arg_SPEC}"
      VERBATIM)
    add_custom_target(${name} DEPENDS "${stamp}")
  endif()
  add_dependencies(${arg_TARGET} ${name})

  get_target_property(type ${arg_TARGET} TYPE)
  set(scope PUBLIC)
  if(type STREQUAL "INTERFACE_LIBRARY")
    set(scope INTERFACE)
  elseif(type STREQUAL "EXECUTABLE")
    set(scope PRIVATE)
  endif()
  target_include_directories(${arg_TARGET} ${scope} "$<BUILD_INTERFACE:${folder}>")
  target_link_libraries(${arg_TARGET} ${scope} equiripple::runtime)
endfunction()
