namespace OsDeploy.Agent.Hardware;

/// <summary>What the firmware guards the start with.</summary>
/// <param name="root">Folder that holds <c>sys</c>; <c>/</c> but in tests.</param>
internal sealed class FirmwareState(string root)
{
    // Four bytes of attributes precede the value (Documentation/filesystems/efivarfs.rst).
    private const int ValueOffset = 4;
    private const string Global = "-8be4df61-93ca-11d2-aa0d-00e098032b8c";

    /// <summary><c>on</c>, <c>off</c>, or <c>setup</c>: off until somebody enrols keys; null: the firmware does not say.</summary>
    public string? SecureBoot => (Flag("SecureBoot"), Flag("SetupMode")) switch
    {
        (true, _) => "on",
        (false, true) => "setup",
        (false, _) => "off",
        _ => null,
    };

    /// <summary>Version of the first TPM, <c>2.0</c> or <c>1.2</c>; null: the kernel sees none.</summary>
    public string? Tpm => SysFile.Line(Path.Combine(root, "sys/class/tpm/tpm0/tpm_version_major")) switch
    {
        "2" => "2.0",
        "1" => "1.2",
        _ => null,
    };

    private bool? Flag(string name) => SysFile.Bytes(Path.Combine(root, "sys/firmware/efi/efivars", name + Global)) is { Length: > ValueOffset } bytes ? bytes[ValueOffset] == 1 : null;
}
