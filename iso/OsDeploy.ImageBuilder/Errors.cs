using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.ImageBuilder;

/// <summary>Every sentence of the builder of images that a person can read.</summary>
internal static class Errors
{
    public static UserErrorException UsageMirror(string url) => new(
        "usage-mirror",
        $"\"{Printable.Of(url)}\" is not the address of a Debian mirror.",
        "Name it as http://HOST/debian, https://HOST/debian or file:///FOLDER.");

    public static UserErrorException MirrorUnknown() => new(
        "mirror-unknown",
        "The packages of Debian 13 are needed, and apt on this computer knows no mirror of Debian.",
        "Name one: ./build.sh client --mirror http://HOST/debian");

    public static UserErrorException PackagesNotFetched(UserErrorException cause) => new(
        "packages-not-fetched",
        $"The packages of Debian 13 could not be fetched: {Printable.Of(cause.Message, 600)}",
        "Check the network and the mirror's address, or name another with --mirror URL, then run the same command again.",
        cause);

    public static UserErrorException NeedsRoot() => new(
        "client-needs-root",
        "Unpacking the packages of another Debian needs root.",
        "Run it with ./build.sh, which asks for that.");

    public static UserErrorException ProgramMissing(string path) => new(
        "program-missing",
        $"There is no program {Printable.Of(path)} to put into the image.",
        "Build it first with `./build.sh build`.");

    public static UserErrorException ClientMissing() => new(
        "client-missing",
        "There is no client image to put into the appliance.",
        "Build it first with `./build.sh client`.");

    public static UserErrorException SignKey(string path, Exception cause) => new(
        "sign-key",
        $"The key {Printable.Of(path)} cannot be read: {Printable.Of(cause.Message)}",
        "Name a PEM file with a private key on the curve P-256, or leave out --sign-key for a development build.",
        cause);

    public static UserErrorException NoManifest(Exception cause) => new(
        "manifest-refused",
        $"The appliance cannot be described: {Printable.Of(cause.Message)}.",
        "Look at --build-version, --counter, command-line.txt and the sizes of what is packed.",
        cause);

    public static UserErrorException FileMissing(string name, string list) => new(
        "file-missing",
        $"None of the packages has {Printable.Of(name)}, which {Printable.Of(list)} names.",
        "Correct that line, or add its package to packages.txt.");

    public static UserErrorException LibraryMissing(string library, string program) => new(
        "library-missing",
        $"None of the packages has {Printable.Of(library)}, which {Printable.Of(program)} needs.",
        "Add its package to packages.txt.");

    public static UserErrorException ModuleMissing(string name) => new(
        "module-missing",
        $"The kernel has no module {Printable.Of(name)}.",
        "Correct or remove that line of modules.txt.");

    public static UserErrorException KernelCount(int count) => new(
        "kernel-count",
        string.Create(CultureInfo.InvariantCulture, $"The packages have {count} kernels instead of one."),
        "Name one package of a kernel in packages.txt, then run the same command with --refresh.");
}
