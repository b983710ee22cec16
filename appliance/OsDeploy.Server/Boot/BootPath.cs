using OsDeploy.Api.Boot;
using OsDeploy.Boot;

namespace OsDeploy.Server.Boot;

/// <summary>What the plain listener serves. The list is closed: a path that is not on it never becomes the name of a file.</summary>
internal abstract record BootPath
{
    private const string Client = "/client/";
    private const int IdDigits = 16;

    // GRUB asks for its neighbours with the double slash of the folder that the firmware was given.
    private static readonly Dictionary<string, BootPath> s_fixed = new(StringComparer.Ordinal)
    {
        ["/boot.ipxe"] = new ScriptPath(BootLoader.Ipxe),
        ["/boot.grub"] = new ScriptPath(BootLoader.Grub),
        ["/grub/grub.cfg"] = new EntryPath(BootLoader.Grub),
        ["/undionly.kpxe"] = new LoaderPath("undionly.kpxe"),
        ["/efi/shimx64.efi"] = new LoaderPath("shimx64.efi"),
        ["/efi/grubx64.efi"] = new LoaderPath("grubx64.efi"),
        ["/efi//grubx64.efi"] = new LoaderPath("grubx64.efi"),
        ["/efi/mmx64.efi"] = new LoaderPath("mmx64.efi"),
        ["/efi//mmx64.efi"] = new LoaderPath("mmx64.efi"),
        ["/efi/snponly.efi"] = new LoaderPath("snponly.efi"),
    };

    /// <param name="target">Of the request line, without the query, as it came.</param>
    public static BootPath? Of(string target) => s_fixed.TryGetValue(target, out var path) ? path : BuildFile(target);

    private static BuildPath? BuildFile(string target)
    {
        if (!target.StartsWith(Client, StringComparison.Ordinal) || target.Length < Client.Length + IdDigits + 2 || target[Client.Length + IdDigits] != '/')
        {
            return null;
        }

        var id = target.Substring(Client.Length, IdDigits);
        var name = target[(Client.Length + IdDigits + 1)..];
        return id.All(char.IsAsciiHexDigitLower) && name is ClientBuild.Kernel or ClientBuild.Initrd ? new BuildPath(id, name) : null;
    }
}

/// <summary>The first script of a loader.</summary>
internal sealed record EntryPath(BootLoader Loader) : BootPath;

/// <summary>The script for one PC; without a query the first one.</summary>
internal sealed record ScriptPath(BootLoader Loader) : BootPath;

/// <param name="Name">Within the loaders of the current build.</param>
internal sealed record LoaderPath(string Name) : BootPath;

/// <param name="Build">16 hexadecimal digits; there may be no such build.</param>
internal sealed record BuildPath(string Build, string Name) : BootPath;
