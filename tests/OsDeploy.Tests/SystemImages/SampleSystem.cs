using System.Security.Cryptography;
using System.Text;
using OsDeploy.SystemImages;

namespace OsDeploy.Tests.SystemImages;

/// <summary>A small system, signed, as it lies on a medium.</summary>
internal static class SampleSystem
{
    public const string Id = "0123456789abcdef";
    public const string Version = "v1.2-3-gabcdef";
    public const long Counter = 1_700_000_000;

    private const int Sector = 512;

    public static string Key { get; } = SystemSignature.NewKey();

    public static string PublicKey { get; } = SystemSignature.PublicHalf(Key);

    /// <summary>Content of each of its files.</summary>
    /// <param name="size">Of those that may have any.</param>
    public static Dictionary<string, byte[]> Files(int size = 5000, int seed = 1)
    {
        var random = new Random(seed);
        return SystemFiles.Names.ToDictionary(name => name, name =>
        {
            var bytes = new byte[name == SystemFiles.BiosBoot ? Sector : size];
            random.NextBytes(bytes);
            return bytes;
        });
    }

    public static SystemManifest ManifestOf(IReadOnlyDictionary<string, byte[]> files, long counter = Counter, string version = Version) => new(
        SystemManifest.ThisFormat,
        version,
        counter,
        IsDevelopment: true,
        Id,
        "boot=live panic=30",
        [.. SystemFiles.Names.Select(name => new SystemFile(name, files[name].Length, Convert.ToHexStringLower(SHA256.HashData(files[name]))))]);

    /// <summary>All that lies in its folder.</summary>
    public static Dictionary<string, byte[]> Folder(IReadOnlyDictionary<string, byte[]> files, long counter = Counter, string version = Version, string? key = null)
    {
        var manifest = ManifestOf(files, counter, version).ToBytes();
        return new Dictionary<string, byte[]>(files)
        {
            [SystemManifest.FileName] = manifest,
            [SystemSignature.FileName] = SystemSignature.Sign(manifest, key ?? Key),
            [SystemFiles.LayerList] = Encoding.ASCII.GetBytes(SystemFiles.Layers),
        };
    }

    /// <summary>Writes the folder of a medium that is mounted at <paramref name="root"/>.</summary>
    public static void Write(string root, IReadOnlyDictionary<string, byte[]> folder, string id = Id)
    {
        var place = Directory.CreateDirectory(Path.Combine(root, SystemFiles.Folder, id)).FullName;
        foreach (var (name, bytes) in folder)
        {
            File.WriteAllBytes(Path.Combine(place, name), bytes);
        }
    }
}
