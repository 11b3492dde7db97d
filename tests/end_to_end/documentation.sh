# The committed pages of the commands are those that the program writes.
. "$(dirname "$0")/expect.sh"
remnant=$1

expectStatus 0 "$remnant" documentation docs
expectSame docs/commands "$REMNANT_SOURCE/docs/commands" "docs/commands and the declarations (run: build/remnant documentation docs)"
expectSame docs/remnant.1 "$REMNANT_SOURCE/docs/remnant.1" "docs/remnant.1 and the declarations"
