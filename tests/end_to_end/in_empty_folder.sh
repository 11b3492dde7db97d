#!/usr/bin/env bash
# Runs a script of this folder with an empty folder of its own, removed afterwards: in_empty_folder.sh SCRIPT PROGRAM
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
bash "$here/$1" "$2" "$folder"
