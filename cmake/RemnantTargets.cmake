# What every target of the project shares: warnings, sanitizers, and one way to declare a module and its tests.

add_library(remnant_settings INTERFACE)
target_include_directories(remnant_settings INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(remnant_settings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # g++ 12 warns falsely of overlapping copies in std::string (GCC bug 105651).
  target_compile_options(remnant_settings INTERFACE -Wno-restrict)
endif()
if(REMNANT_WARNINGS_AS_ERRORS)
  target_compile_options(remnant_settings INTERFACE -Werror)
endif()
# The same expression gives the same bits everywhere: no contraction into fused operations.
target_compile_options(remnant_settings INTERFACE -ffp-contract=off)
if(REMNANT_SANITIZE)
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  if(REMNANT_FUZZ)
    list(APPEND sanitizers -fsanitize=fuzzer-no-link)
  endif()
  target_compile_options(remnant_settings INTERFACE ${sanitizers})
  target_link_options(remnant_settings INTERFACE ${sanitizers})
endif()

# What most sources include, parsed once for all modules and once for all tests: by the target FIRST, from which the others
# take it. The flags of a target must be those of FIRST. Sources still include what they use: a build without the option
# (the release build of ./test) finds where one does not.
function(remnant_precompile target first)
  if(NOT REMNANT_PRECOMPILED_HEADERS OR CCACHE)  # ccache is the greater help, and takes no objects made with such headers
    return()
  endif()
  if(target STREQUAL first)
    target_precompile_headers(${target} PRIVATE
      <algorithm> <array> <cmath> <filesystem> <fstream> <functional> <map> <memory> <numbers> <numeric> <optional> <set>
      <span> <string> <string_view> <variant> <vector> ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM ${first})
  endif()
endfunction()

# remnant_module(NAME SOURCES a.cpp b.cpp DEPENDS base ... LIBRARIES PNG::PNG ...)
# A folder of src/remnant as a static library remnant_NAME. DEPENDS names other modules, LIBRARIES what comes from
# outside; the latter stays private, so that a heavy dependency enters through one folder.
function(remnant_module name)
  cmake_parse_arguments(PARSE_ARGV 1 module "" "" "SOURCES;DEPENDS;LIBRARIES")
  list(TRANSFORM module_DEPENDS PREPEND remnant_)
  add_library(remnant_${name} STATIC ${module_SOURCES})
  target_link_libraries(remnant_${name} PUBLIC remnant_settings ${module_DEPENDS} PRIVATE ${module_LIBRARIES})
  remnant_precompile(remnant_${name} remnant_base)
endfunction()

# The tests' own code is optimised little: it is compiled once and computes little, and what it tests keeps its flags.
if(REMNANT_SANITIZE)
  set(remnant_test_optimisation -Og)
else()
  set(remnant_test_optimisation $<$<CONFIG:Release>:-O1>)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # So compiled, g++ 12 takes Eigen's fixed-size storage for uninitialized; modules, at -O3, keep the warning.
  list(APPEND remnant_test_optimisation -Wno-maybe-uninitialized)
endif()

# remnant_test(NAME [OWN_FLAGS] SOURCES a_test.cpp ... DEPENDS dicom ...): the tests of one folder, each test a ctest
# case. How long one may take is ctest's --timeout: a limit given here would hold for the long tests too.
# OWN_FLAGS: the tests' libraries bring flags that others lack (libtorch's).
function(remnant_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "OWN_FLAGS" "" "SOURCES;DEPENDS;LIBRARIES")
  list(TRANSFORM test_DEPENDS PREPEND remnant_)
  add_executable(remnant_${name}_tests ${test_SOURCES})
  target_include_directories(remnant_${name}_tests PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(remnant_${name}_tests PRIVATE ${test_DEPENDS} ${test_LIBRARIES} GTest::gtest_main GTest::gmock)
  target_compile_options(remnant_${name}_tests PRIVATE ${remnant_test_optimisation})
  if(NOT test_OWN_FLAGS)
    remnant_precompile(remnant_${name}_tests remnant_base_tests <gtest/gtest.h> <gmock/gmock.h>)
  endif()
  gtest_discover_tests(remnant_${name}_tests TEST_PREFIX "${name}." DISCOVERY_TIMEOUT 60
                       PROPERTIES ENVIRONMENT "REMNANT_SHARED=${CMAKE_SOURCE_DIR}/../shared")
endfunction()
