#pragma once

#include <filesystem>
#include <string>
#include <variant>

#include "remnant/dataset/catalogue.h"
#include "remnant/dataset/store.h"
#include "remnant/deid/key.h"

namespace remnant::dataset {

/// Reads one source file, checks that it is a planar nuclear medicine image of counts, de-identifies it and
/// puts it into the store, or says why not. Touches neither the catalogue nor the reasons in the store, and
/// so may run on many threads. Throws InputError only where the store cannot be written.
std::variant<CatalogueObject, SetAside> storeSource(const std::filesystem::path& file,
                                                    const std::string& sourceSha256, const deid::Key& key,
                                                    const Store& store);

/// A source set aside with a sentence of our own: what an error says of a value might identify the patient.
SetAside setAsideFor(const std::string& sourceSha256, const std::string& code, const std::string& tag = {});

}  // namespace remnant::dataset
