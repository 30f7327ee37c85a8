# Sourced by the scripts beside it: what a fresh Debian needs, and how it is installed and built.

build_packages="g++ cmake make libmpfr-dev libgmp-dev libboost-dev libfmt-dev libflint-dev
libcli11-dev nlohmann-json3-dev libtomlplusplus-dev libmd-dev"
test_packages="doctest-dev clang ninja-build pkg-config libeigen3-dev zlib1g-dev dpkg-dev file
python3-numpy python3-jsonschema python3-venv golang-go"

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

is_present() {
  dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "installing needs root or sudo; missing packages:$missing"
  fi
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# Before FLINT 3, Arb was a package of its own.
lacks_arb() {
  ! is_present libflint-arb-dev && [ ! -e /usr/include/flint/arb.h ] &&
    ! ls /usr/include/*/flint/arb.h >/dev/null 2>&1
}

# install_missing PACKAGE...: quick and silent where all are there.
install_missing() {
  missing=""
  for package in "$@"; do
    is_present "$package" || missing="$missing $package"
  done
  if [ -z "$missing" ] && ! lacks_arb; then return; fi
  command -v apt-get >/dev/null ||
    fail "there is no apt-get to install with; missing packages:$missing"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq ||
    fail "apt-get update failed; missing packages:$missing"
  # A name that other packages refer to has records, too; one that can be installed, a candidate.
  if lacks_arb && apt-cache policy libflint-arb-dev | grep -q 'Candidate: [0-9]'; then
    missing="$missing libflint-arb-dev"
  fi
  [ -z "$missing" ] && return
  echo "Installing:$missing"
  # One by one where all together fail, so that the missing one is named.
  # shellcheck disable=SC2086
  apt_install $missing || for package in $missing; do
    apt_install "$package" || fail "the package $package could not be installed"
  done
}

# configure OPTION...: an optimised build in build/. Both scripts ask for the same flags of the
# compiler, so that what one has built the other need not build again.
configure() {
  cmake -S "$root" -B "$root/build" -DCMAKE_BUILD_TYPE=Release \
    -DEQUIRIPPLE_WERROR="${CI:+ON}" "$@" >"$root/build/cmake.log" 2>&1 || {
    cat "$root/build/cmake.log" >&2
    fail "cmake could not configure the build"
  }
}

# Turns the build's lines "[ 12%] Building CXX object emit/CMakeFiles/x.dir/plan/powers.cpp.o" into
# "12 %, 1 min 5 s: emit/plan/powers.cpp": on a terminal in one line, elsewhere once for every tenth.
show_progress() {
  started=$(date +%s)
  shown=-1
  while IFS= read -r line; do
    case $line in
      "["*"%] Building "* | "["*"%] Linking "* | "["*"%] Generating "*) ;;
      *) continue ;;
    esac
    percent=$(echo "$line" | sed 's/^\[ *\([0-9]*\)%.*/\1/')
    what=$(echo "$line" | sed 's/^[^]]*\] *//; s/^Building .* object //; s/CMakeFiles\/[^/]*\.dir\///; s/\.o$//')
    seconds=$(($(date +%s) - started))
    said="$percent %, $((seconds / 60)) min $((seconds % 60)) s: $what"
    if [ -t 1 ]; then
      printf '\r\033[K  %.70s' "$said"
    elif [ $((percent / 10)) -gt "$shown" ]; then
      echo "  $said"
      shown=$((percent / 10))
    fi
  done
  if [ -t 1 ]; then printf '\r\033[K'; fi
}

# compile TARGET: how far it is; what the compiler says only where it fails.
compile() {
  echo "Building $1 with $(nproc) processes (the first time takes some minutes) ..."
  rm -f "$root/build/failed"
  { cmake --build "$root/build" --target "$1" --parallel "$(nproc)" 2>&1 ||
    touch "$root/build/failed"; } | tee "$root/build/make.log" | show_progress
  if [ -e "$root/build/failed" ]; then
    rm "$root/build/failed"
    cat "$root/build/make.log" >&2
    fail "the build failed"
  fi
}
