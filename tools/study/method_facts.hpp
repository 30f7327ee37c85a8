// What the list of methods says of one.
#pragma once

namespace equiripple::study {

struct MethodFacts {
  const char* name;     // as in --only
  const char* title;    // for people
  const char* source;   // where the method is from, or its idea
  const char* command;  // that wrote the header
  double survey;        // accuracy in percent that the survey reports; 0: none
  bool fitted;          // the polynomial depends on the range
  bool encrypted;       // is run on ciphertexts by default
};

}  // namespace equiripple::study
