// Files as the tool makes them, and whether they are proved.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "tests/support/command.hpp"

namespace equiripple::test {

/// The content of `file`, a header or an artifact named f, that the command with these words
/// writes; made in this process.
std::string made(const std::vector<std::string>& words, const std::string& file);

/// The artifact, named f, that the command with these words makes.
Artifact made_artifact(const std::vector<std::string>& words);

/// `equiripple verify` of a file with this content.
CommandResult verified(const std::string& content, const std::string& file);

/// Fails the test unless the tool ends these words with the exit status, and says the message.
void check_fails(const std::vector<std::string>& words, int status, const std::string& message);

/// The content of an artifact with another value at a place that there is, as "/steps/0/scale".
std::string changed(const std::string& content, const std::string& pointer,
                    const nlohmann::json& value);

/// Fails the test unless the artifact with this content can be seen by every view of `inspect`,
/// emitted for every target of a plan, plotted and reported.
void check_every_form(const std::string& content);

/// Fails the test unless artifact and header that the command with these words writes are proved
/// again, with the sentence.
void check_proved_again(const std::vector<std::string>& words, const std::string& sentence);

/// Fails the test unless the artifact that the command with these words makes keeps to the levels
/// of --refresh, whose value is the last word, and its files are proved again.
void check_fits_refreshes(const Artifact& artifact, const std::vector<std::string>& words);

/// Fails the test unless verify refuses the content, in this process, with a sentence that has the
/// word.
void check_refused(const std::string& content, const std::string& word);

}  // namespace equiripple::test
