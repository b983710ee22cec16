using System.CommandLine;
using OsDeploy.Lab.Pcs;

namespace OsDeploy.Lab.Verbs;

/// <summary>What a classroom can be told when it is opened.</summary>
internal sealed class LabOptions
{
    private readonly Option<string?> _pcs = new("--pcs") { Description = "Firmware of each PC: bios, uefi or secure-boot, with commas.", HelpName = "LIST" };
    private readonly Option<bool> _school = new("--school-dhcp") { Description = "The school has a DHCP server of its own, and the appliance serves beside it." };
    private readonly Option<bool> _fresh = new("--fresh") { Description = "Forget disks, and what the appliance knew." };

    private readonly Option<bool> _medium = new("--iso") { Description = "The appliance is an emulated computer that is started from artifacts/osdeploy.iso, with an empty disk." };

    public void AddTo(System.CommandLine.Command command)
    {
        command.Options.Add(_pcs);
        command.Options.Add(_school);
        command.Options.Add(_fresh);
        command.Options.Add(_medium);
    }

    /// <exception cref="UserErrorException"><c>usage-lab-pcs</c></exception>
    public Values Of(ParseResult parsed, IReadOnlyList<PcFirmware> usual) =>
        new(parsed.GetValue(_pcs) is { } list ? [.. list.Split(',').Select(Parse)] : usual, parsed.GetValue(_school), parsed.GetValue(_fresh), parsed.GetValue(_medium));

    private static PcFirmware Parse(string text) => text switch
    {
        "bios" => PcFirmware.Bios,
        "uefi" => PcFirmware.Uefi,
        "secure-boot" => PcFirmware.SecureBoot,
        _ => throw LabErrors.UsageFirmware(text),
    };

    internal sealed record Values(IReadOnlyList<PcFirmware> Pcs, bool HasSchool, bool IsFresh, bool IsFromMedium);
}
