// Files that the tool makes and proves again, each in a folder of its own.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "tests/support/command.hpp"

namespace equiripple::test {

/// The content of `file`, named f, that the command with these words writes.
std::string made(std::vector<std::string> words, const std::string& file);

/// The artifact, named f, that the command with these words makes.
Artifact made_artifact(const std::vector<std::string>& words);

/// `equiripple verify` of a file with this content.
CommandResult verified(const std::string& content, const std::string& file);

/// Fails the test unless verify refuses the content with a message that has the word.
void check_refused(const std::string& content, const std::string& file, const std::string& word);

}  // namespace equiripple::test
