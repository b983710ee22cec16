#!/usr/bin/env bash
# Builds, tests and shows osdeploy. Only calls programs; anything that decides belongs in C#.
set -euo pipefail
cd "$(dirname "$0")"

# What osdeploy calls (`osdeploy doctor` says what for), and what the tests or the benchmark need on top. Debian 12, 13 and Ubuntu 24.04 agree on the names.
packages=(bash util-linux mount fdisk partclone ntfs-3g e2fsprogs dosfstools btrfs-progs xfsprogs f2fs-tools libzstd1 libsqlite3-0 libhivex0 openssl pciutils udhcpc iproute2 efibootmgr dnsmasq-base)
client_packages=(mmdebstrap debian-archive-keyring kmod zstd)
lab_packages=(mtools qemu-system-x86 ovmf seabios ipxe-qemu grub-pc-bin grub-common socat)
test_packages=(exfatprogs exfat-fuse cryptsetup-bin attr acl strace libhivex-bin libwin-hivex-perl chntpw libxml2-utils nftables openssh-client openssh-server libnss-extrausers)
bench_packages=(zstd pigz curl procps time casync partimage nginx-light nghttp2-client udpcast nftables)

usage() {
    cat <<'END'
usage: ./build.sh VERB [--yes]
  run      install what is missing, build, and start an appliance with its console on this computer; --interface IF serves a network
  demo     show the main job on two disk image files
  client   make what PCs are started with over the network, in artifacts/client; --mirror URL names a mirror of Debian, --refresh asks it again,
           --iso makes artifacts/osdeploy-client.iso as well, for sticks and discs, with drivers for Wi-Fi
  iso      make the appliance, artifacts/osdeploy.iso, and what goes into it; --mirror URL and --refresh as with client;
           --sign-key FILE signs it for others (PEM, P-256), else it is a development build
  lab      open a virtual classroom: an appliance and emulated PCs in a private network; `lab demo` shows the main job, `lab --help` the rest
  build    leave the programs in artifacts/osdeploy, artifacts/osdeployd and artifacts/osdeploy-helper
  test     run all tests; --full adds the long ones
  bench    measure osdeploy beside other imaging programs; options go to the benchmark
  clean    remove everything that was built
--yes installs missing Debian packages without asking.
END
}

fail() {
    echo "build.sh: $*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        command -v sudo >/dev/null || fail "this needs root and there is no sudo; run it as root: su -c './build.sh $verb'"
        sudo "$@"
    fi
}

need_sdk() {
    local says install="curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0 --install-dir ~/.dotnet && export PATH=~/.dotnet:\$PATH"
    command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing; install it with: $install"
    # Nothing here needs ICU, which a minimal system lacks.
    export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
    # Even so German and French are languages: else the build would make no words of them.
    export DOTNET_SYSTEM_GLOBALIZATION_PREDEFINED_CULTURES_ONLY=0
    says=$(dotnet --version 2>&1) || fail "$(command -v dotnet) fails, saying:"$'\n'"$says"$'\n'"The .NET 10 SDK installs with: $install"
    # The programs that a build makes look for their runtime there, not in PATH.
    export DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}
}

refuse_arguments() {
    [ ${#arguments[@]} -gt 0 ] || return 0
    echo "build.sh: $verb does not take ${arguments[*]}" >&2
    usage >&2
    exit 2
}

# Installs those of the named Debian packages that are missing.
need_packages() {
    command -v dpkg-query >/dev/null || fail "this is not Debian or Ubuntu; install the equivalents of: $*"
    local name missing=()
    for name; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    echo "Missing Debian packages: ${missing[*]}"
    if [ "$yes" = false ]; then
        [ -t 0 ] || fail "add --yes to install them, or run: sudo apt-get install ${missing[*]}"
        read -r -p "Install them as root with apt-get? [y/N] " answer
        [ "$answer" = y ] || fail "nothing was installed"
    fi
    as_root apt-get update -q
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q --yes --no-install-recommends "${missing[@]}"
}

publish() {
    publish_one tui/OsDeploy.Cli program/osdeploy
    publish_one appliance/OsDeploy.Server daemon/osdeployd
    publish_one appliance/OsDeploy.Helper helper/osdeploy-helper
}

# One program: its project, and where it goes under artifacts/.
publish_one() {
    # Into an empty folder: a second publish over a first removes the native library that lies beside the program.
    rm -rf "artifacts/${2%/*}"
    dotnet publish "$1" --configuration Release --output "artifacts/${2%/*}" --nologo --verbosity quiet -clp:NoSummary
    ln -sfn "$2" "artifacts/${2##*/}"
}

# What PCs are started with: kernel, initrd and loaders of Debian 13, with the program that was published.
make_client() {
    dotnet build iso/OsDeploy.ImageBuilder --configuration Release --nologo --verbosity quiet -clp:NoSummary
    as_root env DOTNET_ROOT="$DOTNET_ROOT" PATH="$PATH" artifacts/bin/OsDeploy.ImageBuilder/release/osdeploy-image-builder client "$@"
}

# The appliance: Debian 13, the programs that were published, and the client image that was made.
make_appliance() {
    as_root env DOTNET_ROOT="$DOTNET_ROOT" PATH="$PATH" artifacts/bin/OsDeploy.ImageBuilder/release/osdeploy-image-builder appliance --build-version "$(git describe --tags --always --dirty 2>/dev/null || echo unknown)" \
        --counter "$(git log -1 --format=%ct 2>/dev/null || echo 1)" "$@"
}

# The key that signs is for the appliance alone.
split_sign_key() {
    local rest=()
    signing=()
    set -- "${arguments[@]}"
    while [ $# -gt 0 ]; do
        case $1 in
            --sign-key)
                [ -r "${2-}" ] || fail "--sign-key needs a file that can be read"
                signing=(--sign-key "$2")
                shift
                ;;
            *) rest+=("$1") ;;
        esac
        shift
    done
    arguments=("${rest[@]}")
}

# A verb for a classroom that is open needs nothing built; one that is opened does.
open_lab() {
    case ${arguments[0]-} in
        status | pc | console | osdeploy | quit | --help | -h) ;;
        *)
            publish
            make_client --level 3
            [[ " ${arguments[*]} " != *" --iso "* ]] || make_appliance --level 3
            dotnet build iso/OsDeploy.Lab --configuration Release --nologo --verbosity quiet -clp:NoSummary
            ;;
    esac
    [ -x artifacts/bin/OsDeploy.Lab/release/osdeploy-lab ] || dotnet build iso/OsDeploy.Lab --configuration Release --nologo --verbosity quiet -clp:NoSummary
    as_root env DOTNET_ROOT="$DOTNET_ROOT" PATH="$PATH" artifacts/bin/OsDeploy.Lab/release/osdeploy-lab "${arguments[@]}"
}

# An appliance of one's own, whose data stay in artifacts/appliance, and its console. It asks for its first operator; where nobody can
# be asked, a password is drawn into a file, and there is no console.
start_appliance() {
    local data=$PWD/artifacts/appliance
    mkdir -p "$data"
    if [ -t 0 ] && [ -t 1 ]; then
        artifacts/osdeployd --data "$data" --set-up
        setsid artifacts/osdeployd --data "$data" "${arguments[@]}" >"$data/log" 2>&1 </dev/null &
        appliance=$!
        trap 'kill "$appliance" 2>/dev/null; wait "$appliance" 2>/dev/null || true' EXIT
        artifacts/osdeploy console --server "unix:$data/osdeployd.sock" || true
        echo "The appliance stops with its console. Its log: $data/log"
        return
    fi
    if [ ! -e "$data/documents.db" ]; then
        (umask 077 && openssl rand -base64 15 >"$data/first-password")
        echo "First operator: admin, with the password in $data/first-password"
        set -- --first-operator admin --password-file "$data/first-password"
    fi
    exec artifacts/osdeployd --data "$data" "$@" "${arguments[@]}"
}

# One test program: its report is read afterwards, so that a crash cannot look like success.
run_tests() {
    local code=0 report="$results/$1.xml" own=()
    # Programs in network namespaces have mounts of their own (ip-netns(8)). What a test unmounts must go there too, or its file system stays in use;
    # so all of it is shared among the tests, and with nobody else.
    [ "$(id -u)" != 0 ] || own=(unshare --mount --propagation shared)
    "${own[@]}" "artifacts/bin/$1/release/$1" --no-progress --report-xunit --report-xunit-filename "$1.xml" --results-directory "$results" || code=$?
    [ -s "$report" ] && { [ $code = 0 ] || [ $code = 2 ]; } || echo "<crash name=\"$1\" code=\"$code\"/>" >>"$results/crash.xml"
}

test_all() {
    results=$PWD/artifacts/test-results
    rm -rf "$results"
    mkdir -p "$results"
    dotnet build osdeploy.sln --configuration Release --nologo --verbosity quiet -clp:NoSummary
    publish
    export OSDEPLOY_PROGRAM=$PWD/artifacts/osdeploy OSDEPLOY_DAEMON=$PWD/artifacts/osdeployd OSDEPLOY_HELPER=$PWD/artifacts/osdeploy-helper
    # The tests that start PCs need root anyway; packed for speed, not for size.
    if [ "$(id -u)" = 0 ]; then
        make_client --level 3 --iso
        make_appliance --level 3
    fi
    run_tests OsDeploy.Tui.Tests
    run_tests OsDeploy.Tests
    [ ! -d tests/OsDeploy.MachineTests ] || run_tests OsDeploy.MachineTests
    awk -f tests/summary.awk "$results"/*.xml
}

verb=${1-}
[ $# = 0 ] || shift
yes=${CI:-false}
arguments=()
for argument; do
    # What the appliance of the classroom is told is not for this script.
    if [ "$verb ${arguments[0]-}" = "lab osdeploy" ]; then
        arguments+=("$argument")
        continue
    fi
    case $argument in
        --yes) yes=true ;;
        --full) export OSDEPLOY_FULL=1 ;;
        *) arguments+=("$argument") ;;
    esac
done

case $verb in
    run)
        need_sdk
        need_packages "${packages[@]}"
        publish
        start_appliance
        ;;
    demo)
        need_sdk
        need_packages "${packages[@]}"
        publish
        as_root artifacts/osdeploy doctor --json >/dev/null || as_root artifacts/osdeploy doctor
        as_root artifacts/osdeploy demo "${arguments[@]}"
        ;;
    client)
        need_sdk
        need_packages "${client_packages[@]}"
        publish_one tui/OsDeploy.Cli program/osdeploy
        make_client "${arguments[@]}"
        ;;
    iso)
        need_sdk
        need_packages "${client_packages[@]}"
        publish
        split_sign_key
        make_client "${arguments[@]}"
        make_appliance "${arguments[@]}" "${signing[@]}"
        ;;
    lab)
        [ "${arguments[0]-}" != help ] || arguments=(--help)
        need_sdk
        need_packages "${packages[@]}" "${client_packages[@]}" "${lab_packages[@]}"
        open_lab
        ;;
    build)
        refuse_arguments
        need_sdk
        publish
        ;;
    test)
        refuse_arguments
        need_sdk
        need_packages "${packages[@]}" "${client_packages[@]}" "${lab_packages[@]}" "${test_packages[@]}"
        test_all
        ;;
    bench)
        need_sdk
        need_packages "${packages[@]}" "${client_packages[@]}" "${bench_packages[@]}"
        publish
        make_client --level 3
        dotnet build tests/OsDeploy.Benchmarks --configuration Release --nologo --verbosity quiet -clp:NoSummary
        as_root env DOTNET_ROOT="$DOTNET_ROOT" PATH="$PATH" artifacts/bin/OsDeploy.Benchmarks/release/OsDeploy.Benchmarks "${arguments[@]}"
        ;;
    clean)
        refuse_arguments
        # What ran as root left files of root.
        rm -rf artifacts 2>/dev/null || as_root rm -rf artifacts
        ;;
    *)
        usage >&2
        exit 2
        ;;
esac
