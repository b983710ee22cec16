using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.SystemImages;

/// <summary>Every sentence about versions of the appliance's own system that an operator can read.</summary>
public static class SystemImageErrors
{
    public static UserErrorException Unknown(Exception? cause = null) => new(
        "system-image-unknown",
        "This is not a medium of an appliance.",
        "Take the file osdeploy.iso as it was downloaded, or a stick or a disc that it was written to.",
        cause);

    public static UserErrorException Incomplete(string name, Exception? cause = null) => new(
        "system-image-incomplete",
        $"The medium ends before it is whole: {Printable.Of(name, 60)} is missing or cut off.",
        "Download or copy it again and compare its size.",
        cause);

    public static UserErrorException Signature() => new(
        "system-image-signature",
        "The medium is not signed by those who made the system that runs here.",
        "Take osdeploy.iso from the place this one came from. A development build takes only what was signed with the key of the same build computer.");

    public static UserErrorException Tampered(string name) => new(
        "system-image-tampered",
        $"{Printable.Of(name, 60)} on the medium is not what its maker has signed.",
        "Download or copy it again. If it happens again, do not use that medium.");

    public static UserErrorException Malformed(FormatException cause) => new(
        "system-image-malformed",
        $"The medium is signed, but this version cannot read what it says of itself: {Printable.Of(cause.Message, 100)}.",
        "It is too new for a single step: update to a version in between, or start from a stick with the new one.",
        cause);

    public static UserErrorException Older(string version, DateTimeOffset made, DateTimeOffset least) => new(
        "system-image-older",
        string.Create(CultureInfo.InvariantCulture, $"{Printable.Of(version, 60)} of {made:yyyy-MM-dd HH:mm} is older than what has run here, of {least:yyyy-MM-dd HH:mm}."),
        "Take a newer one. Back to the version before goes `osdeploy system fallback`.");

    public static UserErrorException Key(Exception cause) => new(
        "system-image-key",
        $"The key for signatures of systems cannot be used: {Printable.Of(cause.Message, 100)}.",
        "It is a PEM file with a key on the curve P-256, as `openssl ecparam -name prime256v1 -genkey` makes it.",
        cause);

    public static UserErrorException KeyMissing(string path, Exception cause) => new(
        "system-image-no-key",
        $"This system has no key to check others by: {Printable.Of(path, 80)} cannot be read.",
        "Only an appliance that was started from osdeploy.iso can be installed and updated.",
        cause);

    public static UserErrorException NotRead(string name, Exception cause) => new(
        "system-image-unreadable",
        $"{Printable.Of(name, 60)} cannot be read from the medium: {Printable.Of(cause.Message, 100)}.",
        "Try another stick, disc or file.",
        cause);

    public static UserErrorException NotWritten(string name) => new(
        "system-image-not-written",
        $"The disk does not hold what was written to it: {Printable.Of(name, 60)} reads back as something else.",
        "The disk is faulty: take another one. What runs is untouched.");
}
