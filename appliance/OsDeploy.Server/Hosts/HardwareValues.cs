using OsDeploy.Api.Hosts;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts;

/// <summary>
/// What of a hardware identity tells computers apart, in a form that can be compared. A value that many computers share, because
/// their maker never filled it in, is null here.
/// </summary>
internal sealed class HardwareValues
{
    // Under this many letters and digits a serial number is a slot number or a revision.
    private const int MinSerial = 3;

    // Letters and digits only, upper case: makers write them with and without dots and blanks.
    private static readonly HashSet<string> s_emptySerials =
    [
        "NONE", "NULL", "EMPTY", "UNKNOWN", "INVALID", "DEFAULT", "DEFAULTSTRING", "OEM", "TBD", "NOTSPECIFIED", "NOTAPPLICABLE",
        "NOTAVAILABLE", "NOTDEFINED", "NOTPRESENT", "NOTSETTABLE", "NOSERIALNUMBER", "SERIAL", "SERIALNUMBER", "SERNUM", "SERNO",
        "SYSTEMSERIALNUMBER", "SYSTEMSERIAL", "SYSSERIALNUMBER", "BASEBOARDSERIALNUMBER", "BOARDSERIALNUMBER", "MBSERIALNUMBER",
        "CHASSISSERIALNUMBER", "EVALUATION", "0123456789", "123456789", "1234567890", "12345678", "1234567", "123456", "12345", "1234",
        "123", "01234567", "SYS1234567890", "MB1234567890", "ABCDEFGHIJ",
    ];

    // Of all zeros, all ones and the like IsOneByte takes care. The rest: AMI's sample, counting bytes, and what osquery lists as
    // kPlaceholderHardwareUUIDList.
    private static readonly HashSet<string> s_emptyUuids =
    [
        Canonical(new Guid("03000200-0400-0500-0006-000700080009")), Canonical(new Guid("03020100-0504-0706-0809-0a0b0c0d0e0f")),
        Canonical(new Guid("10000000-0000-8000-0040-000000000000")), Canonical(new Guid("12345678-1234-5678-90ab-cddeefaabbcc")),
    ];

    private HardwareValues(string? uuid, string? systemSerial, string? boardSerial, IReadOnlySet<MacAddress> macs) =>
        (Uuid, SystemSerial, BoardSerial, Macs) = (uuid, systemSerial, boardSerial, macs);

    public string? Uuid { get; }

    public string? SystemSerial { get; }

    public string? BoardSerial { get; }

    public IReadOnlySet<MacAddress> Macs { get; }

    /// <summary>It has something that stays when a network adapter goes.</summary>
    public bool IsStrong => Uuid is not null || SystemSerial is not null || BoardSerial is not null;

    public static HardwareValues Of(HardwareIdentity identity) => new(
        UuidOf(identity.SystemUuid), SerialOf(identity.SystemSerial), SerialOf(identity.BoardSerial), identity.Macs.ToHashSet());

    /// <summary>Null for a value that says nothing. A UUID and the same with its first three fields byte-swapped are one value.</summary>
    public static string? UuidOf(string? text) =>
        Guid.TryParse(text, out var uuid) && !IsOneByte(uuid) && Canonical(uuid) is var canonical && !s_emptyUuids.Contains(canonical) ? canonical : null;

    /// <summary>Null for a value that says nothing. Compared without case and without blanks around it.</summary>
    public static string? SerialOf(string? text)
    {
        var serial = (text ?? "").Trim().ToUpperInvariant();
        var essence = string.Concat(serial.Where(char.IsAsciiLetterOrDigit));
        var isEmpty = essence.Length < MinSerial || essence.Distinct().Count() == 1 || s_emptySerials.Contains(essence)
            || essence.StartsWith("TOBEFILLED", StringComparison.Ordinal);
        return isEmpty ? null : serial;
    }

    // SMBIOS 2.6 (DSP0134 section 7.2.1) made the first three fields little-endian; firmware and tools before it wrote them as they
    // are read. The same board may be reported either way.
    private static string Canonical(Guid uuid)
    {
        var (plain, swapped) = (uuid.ToString("D"), new Guid(uuid.ToByteArray(), bigEndian: true).ToString("D"));
        return string.CompareOrdinal(plain, swapped) <= 0 ? plain : swapped;
    }

    private static bool IsOneByte(Guid uuid) => uuid.ToByteArray().Distinct().Count() == 1;
}
