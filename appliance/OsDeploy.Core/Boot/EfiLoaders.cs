namespace OsDeploy.Boot;

/// <summary>Loaders of systems on a PC's own disk, by their places on its EFI partition.</summary>
public static class EfiLoaders
{
    public const string Windows = "/EFI/Microsoft/Boot/bootmgfw.efi";
    public const string Fallback = "/EFI/BOOT/BOOTX64.EFI";

    /// <summary>Distributions that put a signed shim where it is found by name.</summary>
    public static IReadOnlyList<string> Distributions { get; } =
        ["/EFI/debian/shimx64.efi", "/EFI/ubuntu/shimx64.efi", "/EFI/fedora/shimx64.efi", "/EFI/opensuse/shim.efi", "/EFI/rocky/shimx64.efi", "/EFI/almalinux/shimx64.efi"];

    /// <summary>In the order in which they are looked for.</summary>
    public static IReadOnlyList<string> All { get; } = [Windows, .. Distributions, Fallback];
}
