namespace OsDeploy.Cli.Output;

/// <summary>The firmware that can start a disk, in people's words.</summary>
internal static class FirmwareText
{
    public static string Of(string firmware) => firmware switch
    {
        "uefi" => "UEFI",
        "bios" => "BIOS",
        _ => "UEFI or BIOS",
    };
}
