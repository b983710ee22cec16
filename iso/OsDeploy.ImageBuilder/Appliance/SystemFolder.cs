using System.Security.Cryptography;
using OsDeploy.ImageBuilder.Media;
using OsDeploy.SystemImages;

namespace OsDeploy.ImageBuilder.Appliance;

/// <summary>What the appliance's medium needs so that it can be installed and updated from: loaders of a disk, and the signed manifest.</summary>
internal sealed class SystemFolder(ApplianceOptions options, ToolTree tools, Tree.SourceTree source)
{
    // The disk that the BIOS has started, whatever its number; its second partition.
    private const string Prefix = "(,gpt2)/EFI/debian";

    /// <param name="folder">Has file systems, kernel and initrd.</param>
    /// <exception cref="UserErrorException"><c>tool-failed</c>, <c>file-missing</c>, <c>manifest-refused</c>, <c>system-image-key</c></exception>
    public async Task CompleteAsync(string folder, string id, SigningKey signing, CancellationToken cancel)
    {
        foreach (var (name, path) in new[]
        {
            (SystemFiles.Shim, "usr/lib/shim/shimx64.efi.signed"),
            (SystemFiles.KeyManager, "usr/lib/shim/mmx64.efi.signed"),
            (SystemFiles.Grub, "usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed"),
            (SystemFiles.BiosBoot, "usr/lib/grub/i386-pc/boot.img"),
        })
        {
            File.Copy(source.Resolve(path) is { } file ? source.FullPath(file) : throw Errors.FileMissing(path, "medium/packages.txt"), Path.Combine(folder, name));
        }

        await tools.RunAsync(
            "grub-mkimage",
            ["-O", "i386-pc", "-d", tools.PathOf("usr/lib/grub/i386-pc"), "-p", Prefix, "-o", Path.Combine(folder, SystemFiles.BiosCore), .. options.ListOf("disk/modules.txt")],
            cancel);
        File.Copy(Path.Combine(options.Definition, "disk", SystemFiles.DiskMenu), Path.Combine(folder, SystemFiles.DiskMenu));
        await SignAsync(folder, id, signing, cancel);
    }

    private async Task SignAsync(string folder, string id, SigningKey signing, CancellationToken cancel)
    {
        var files = new List<SystemFile>();
        foreach (var name in SystemFiles.Names)
        {
            await using var file = File.OpenRead(Path.Combine(folder, name));
            files.Add(new SystemFile(name, file.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel))));
        }

        try
        {
            var line = string.Join(' ', options.ListOf("command-line.txt"));
            var manifest = new SystemManifest(SystemManifest.ThisFormat, options.Version, options.Counter, signing.IsDevelopment, id, line, files).ToBytes();
            await File.WriteAllBytesAsync(Path.Combine(folder, SystemManifest.FileName), manifest, cancel);
            await File.WriteAllBytesAsync(Path.Combine(folder, SystemSignature.FileName), SystemSignature.Sign(manifest, signing.PrivateKey), cancel);
        }
        catch (FormatException e)
        {
            throw Errors.NoManifest(e);
        }
    }
}
