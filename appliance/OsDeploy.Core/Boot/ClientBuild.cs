using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OsDeploy.Boot;

/// <summary>
/// What a PC is started with: kernel, initrd, the loaders before them and the kernel's command line, which belong together. A build lies in a
/// folder of its own, is named by its content and never changes.
/// </summary>
/// <param name="Id">16 hexadecimal digits computed from all the rest but <paramref name="KernelVersion"/>.</param>
/// <param name="CommandLine">What every PC gets; the boot service adds to it.</param>
/// <param name="Files">Those of <see cref="FileNames"/>, in that order.</param>
public sealed record ClientBuild(int Format, string Id, string KernelVersion, string CommandLine, IReadOnlyList<ClientFile> Files)
{
    public const string Description = "build.json";
    public const string Kernel = "vmlinuz";
    public const string Initrd = "initrd.img";

    private const int ThisFormat = 1;
    private const int IdDigits = 16;
    private const int MaxDescription = 64 << 10;

    /// <summary>Where the loaders lie in a build's folder, and how their names begin.</summary>
    public const string Loaders = "loaders/";

    /// <summary>The files of a build, all of them needed; nothing else is ever served from one.</summary>
    public static IReadOnlyList<string> FileNames { get; } =
    [
        Initrd,
        Loaders + "grubx64.efi",
        Loaders + "mmx64.efi",
        Loaders + "shimx64.efi",
        Loaders + "snponly.efi",
        Loaders + "undionly.kpxe",
        Kernel,
    ];

    /// <summary>Describes the files in a folder.</summary>
    /// <exception cref="UserErrorException"><c>client-build-damaged</c>: one is missing</exception>
    public static async Task<ClientBuild> DescribeAsync(string folder, string kernelVersion, string commandLine, CancellationToken cancel)
    {
        var files = new List<ClientFile>();
        foreach (var name in FileNames)
        {
            files.Add(await MeasureAsync(folder, name, cancel));
        }

        var build = new ClientBuild(ThisFormat, IdOf(files, commandLine), kernelVersion, commandLine, files);
        return build.WhyWrong() is { } why ? throw ClientBuildErrors.Damaged(folder, why) : build;
    }

    /// <summary>Reads a folder's description and the sizes of its files, not their content.</summary>
    /// <exception cref="UserErrorException"><c>client-build-missing</c>, <c>client-build-format</c>, <c>client-build-damaged</c></exception>
    public static ClientBuild Load(string folder)
    {
        var build = Parse(ReadDescription(folder), folder);
        foreach (var file in build.Files)
        {
            var found = new FileInfo(build.PathOf(folder, file));

            // A link could lead out of the folder.
            if (!found.Exists || found.LinkTarget is not null || found.Length != file.Size)
            {
                throw ClientBuildErrors.Damaged(folder, $"{file.Name} is missing or has another size");
            }
        }

        return build;
    }

    /// <summary>Reads a description.</summary>
    /// <param name="where">What to call it in an error.</param>
    /// <exception cref="UserErrorException"><c>client-build-format</c>, <c>client-build-damaged</c></exception>
    public static ClientBuild Parse(ReadOnlySpan<byte> json, string where)
    {
        try
        {
            var build = JsonSerializer.Deserialize(json, ClientBuildJson.Default.ClientBuild) ?? throw new JsonException();
            return build.Format != ThisFormat ? throw ClientBuildErrors.Format(where, build.Format)
                : build.WhyWrong() is { } why ? throw ClientBuildErrors.Damaged(where, why)
                : build;
        }
        catch (JsonException e)
        {
            throw ClientBuildErrors.Damaged(where, $"{Description} cannot be read", e);
        }
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ClientBuildJson.Default.ClientBuild);

    /// <summary>Compares every file with what the description says of it.</summary>
    /// <exception cref="UserErrorException"><c>client-build-damaged</c></exception>
    public async Task CheckAsync(string folder, CancellationToken cancel)
    {
        foreach (var file in Files)
        {
            if (await MeasureAsync(folder, file.Name, cancel) != file)
            {
                throw ClientBuildErrors.Damaged(folder, $"{file.Name} has other content");
            }
        }
    }

    /// <summary>The only way to a file of a build: <paramref name="file"/> has a name of <see cref="FileNames"/>.</summary>
    public string PathOf(string folder, ClientFile file) => Files.Contains(file)
        ? Path.Combine(folder, file.Name)
        : throw new ArgumentException("Not a file of this build.", nameof(file));

    private string? WhyWrong() =>
        !Files.Select(file => file?.Name).SequenceEqual(FileNames) ? $"{Description} names other files than a build has"
        : Files.Any(file => !file.IsPossible) ? $"{Description} has an impossible size or hash"
        : !KernelText.IsVersion(KernelVersion) ? $"{Description} has no version of a kernel"
        : !KernelText.IsCommandLine(CommandLine) ? $"{Description} has a command line that cannot be passed on"
        : Id != IdOf(Files, CommandLine) ? $"{Description} does not match its id"
        : null;

    private static byte[] ReadDescription(string folder)
    {
        var path = Path.Combine(folder, Description);
        try
        {
            using var file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            if (length > MaxDescription)
            {
                throw ClientBuildErrors.Damaged(folder, $"{Description} is too long");
            }

            var bytes = new byte[length];
            return bytes[..RandomAccess.Read(file, bytes, 0)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ClientBuildErrors.Missing(folder, e);
        }
    }

    private static async Task<ClientFile> MeasureAsync(string folder, string name, CancellationToken cancel)
    {
        try
        {
            await using var file = File.OpenRead(Path.Combine(folder, name));
            var hash = await SHA256.HashDataAsync(file, cancel);
            return new ClientFile(name, file.Length, Convert.ToHexStringLower(hash));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ClientBuildErrors.Damaged(folder, $"{name} cannot be read", e);
        }
    }

    private static string IdOf(IReadOnlyList<ClientFile> files, string commandLine)
    {
        var list = string.Concat(files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => $"{file.Sha256} {file.Name}\n"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list + commandLine + "\n")))[..IdDigits];
    }
}
