using OsDeploy.Api.Boot;

namespace OsDeploy.Server.Boot;

/// <summary>Loaders of systems on a PC's own disk, by their places on its EFI partition.</summary>
internal static class LocalDisk
{
    public const string Windows = "/EFI/Microsoft/Boot/bootmgfw.efi";
    public const string Fallback = "/EFI/BOOT/BOOTX64.EFI";

    /// <summary>Distributions that put a signed shim where it is found by name.</summary>
    public static IReadOnlyList<string> Distributions { get; } =
        ["/EFI/debian/shimx64.efi", "/EFI/ubuntu/shimx64.efi", "/EFI/fedora/shimx64.efi", "/EFI/opensuse/shim.efi", "/EFI/rocky/shimx64.efi", "/EFI/almalinux/shimx64.efi"];

    /// <summary>In the order in which they are tried; empty: back to the firmware.</summary>
    public static IReadOnlyList<string> Of(UefiExit exit) => exit switch
    {
        UefiExit.Search => [Windows, .. Distributions, Fallback],
        UefiExit.Windows => [Windows],
        UefiExit.Distribution => Distributions,
        UefiExit.Fallback => [Fallback],
        _ => [],
    };
}
