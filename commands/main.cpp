#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>
#include <system_error>

#include "commands/declarations.h"
#include "commands/parse.h"
#include "remnant/base/interrupt.h"
#include "remnant/base/progress.h"

namespace {

using remnant::ExitStatus;

/// Turns whatever rises into one sentence on stderr and the exit status of its family.
ExitStatus runReportingErrors(int argumentCount, const char* const* arguments) {
  try {
    return remnant::commands::parseAndRun(remnant::commands::allCommands(), argumentCount, arguments);
  } catch (const remnant::InputError& error) {
    remnant::say("remnant: " + remnant::describe(error));
    return ExitStatus::kBadInput;
  } catch (const remnant::UsageError& error) {
    remnant::say(std::string("remnant: ") + error.what() + " (see remnant --help)");
    return ExitStatus::kBadUsage;
  } catch (const remnant::Interrupted& stop) {
    remnant::say(std::string("remnant: ") + stop.what());
    return ExitStatus::kInterrupted;
  } catch (const std::system_error& fault) {
    remnant::say(std::string("remnant: the system refuses: ") + fault.what());
    return ExitStatus::kBadInput;
  } catch (const std::bad_alloc&) {
    remnant::say("remnant: there is not enough memory for this");
    return ExitStatus::kOwnFault;
  } catch (const std::exception& fault) {
    remnant::say(std::string("remnant: a fault of the program itself: ") + fault.what());
    return ExitStatus::kOwnFault;
  }
}

/// Data that did not arrive are not done: a full disk or a closed pipe behind stdout shows when its buffer is
/// emptied.
ExitStatus checkedOutput(ExitStatus status) {
  if (std::fflush(stdout) == 0 && !std::ferror(stdout)) return status;
  remnant::say(std::string("remnant: standard output cannot be written: ") + std::strerror(errno));
  return status == ExitStatus::kDone ? ExitStatus::kBadInput : status;
}

}  // namespace

int main(int argumentCount, char** arguments) {
  remnant::watchForInterrupt();
  return static_cast<int>(checkedOutput(runReportingErrors(argumentCount, arguments)));
}
