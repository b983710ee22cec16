using OsDeploy.SystemImages;
using Xunit;

namespace OsDeploy.Tests.SystemImages;

public sealed class JolietMediumTests
{
    private static readonly Dictionary<string, byte[]> s_files = SampleSystem.Files();
    private static readonly Dictionary<string, byte[]> s_folder = SampleSystem.Folder(s_files);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What is done to a medium, and how it is refused.</summary>
    public static TheoryData<string, string> Refusals => new()
    {
        { "another key", "system-image-signature" },
        { "a manifest that was changed", "system-image-signature" },
        { "a signature that is too long", "system-image-signature" },
        { "a manifest that is too long", "system-image-signature" },
        { "a file that was changed", "system-image-tampered" },
        { "a file that is longer", "system-image-tampered" },
        { "a file that is shorter", "system-image-incomplete" },
        { "no manifest", "system-image-incomplete" },
        { "no signature", "system-image-incomplete" },
        { "a file that is missing", "system-image-incomplete" },
        { "a medium that was cut off", "system-image-incomplete" },
        { "signed nonsense", "system-image-malformed" },
        { "zeros", "system-image-unknown" },
        { "nothing", "system-image-incomplete" },
    };

    // .NET says 0 of block devices.
    [Fact]
    public void A_device_that_says_no_length_is_read_by_the_one_that_it_has()
    {
        var image = JolietImage.Of(s_folder);
        using var medium = new JolietMedium(new DeviceStream(image), image.Length);

        Assert.NotEmpty(medium.ListFolders());
        Assert.Throws<UserErrorException>(() => new JolietMedium(new DeviceStream(image)).Dispose());
    }

    [Fact]
    public async Task A_system_is_read_as_it_was_written()
    {
        using var medium = new JolietMedium(new MemoryStream(JolietImage.Of(s_folder)));
        var system = SignedSystem.Open(medium, SampleSystem.PublicKey);

        Assert.Equal([SampleSystem.Id], medium.ListFolders());
        Assert.Equal(s_folder[SystemManifest.FileName], system.ManifestBytes);
        long read = 0;
        foreach (var (name, bytes) in s_files)
        {
            using var copy = new MemoryStream();
            await system.CopyAsync(name, copy, count => read += count, Cancel);
            Assert.Equal(bytes, copy.ToArray());
        }

        Assert.Equal(s_files.Sum(file => file.Value.Length), read);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_was_not_signed_is_refused(string what, string code)
    {
        var error = await Assert.ThrowsAsync<UserErrorException>(() => ReadAsync(Spoilt(what)));

        Assert.Equal(code, error.Code);
    }

    [Fact]
    public async Task Whatever_the_bytes_are_they_hold_what_was_signed_or_are_refused() => await Seeded.CasesAsync(600, async random =>
    {
        var image = JolietImage.Of(s_folder);

        // The first sectors are what is parsed.
        var head = 23 * 2048;
        var spoilt = Mutation.Of(image[..head], random).Concat(image[head..]).ToArray();
        try
        {
            await ReadAsync(spoilt);
        }
        catch (UserErrorException e)
        {
            Assert.StartsWith("system-image-", e.Code, StringComparison.Ordinal);
        }
    });

    private static async Task ReadAsync(byte[] image)
    {
        using var medium = new JolietMedium(new MemoryStream(image));
        var system = SignedSystem.Open(medium, SampleSystem.PublicKey);
        await system.VerifyAsync(SystemFiles.Names, _ => { }, Cancel);
        Assert.Equal(s_folder[SystemManifest.FileName], system.ManifestBytes);
    }

    private static byte[] Spoilt(string what)
    {
        var folder = s_folder.ToDictionary(file => file.Key, file => (byte[])file.Value.Clone());
        switch (what)
        {
            case "another key":
                folder = SampleSystem.Folder(s_files, key: SystemSignature.NewKey());
                break;
            case "a manifest that was changed":
                folder[SystemManifest.FileName][40] ^= 1;
                break;
            case "a signature that is too long":
                folder[SystemSignature.FileName] = [.. folder[SystemSignature.FileName], .. new byte[10]];
                break;
            case "a manifest that is too long":
                folder[SystemManifest.FileName] = [.. folder[SystemManifest.FileName], .. new byte[SystemManifest.MaxLength]];
                break;
            case "a file that was changed":
                folder[SystemFiles.Initrd][4999] ^= 0x80;
                break;
            case "a file that is longer":
                folder[SystemFiles.Own] = [.. folder[SystemFiles.Own], 0];
                break;
            case "a file that is shorter":
                folder[SystemFiles.Own] = folder[SystemFiles.Own][..^1];
                break;
            case "no manifest":
                folder.Remove(SystemManifest.FileName);
                break;
            case "no signature":
                folder.Remove(SystemSignature.FileName);
                break;
            case "a file that is missing":
                folder.Remove(SystemFiles.Kernel);
                break;
            case "signed nonsense":
                folder[SystemManifest.FileName] = "{}"u8.ToArray();
                folder[SystemSignature.FileName] = SystemSignature.Sign(folder[SystemManifest.FileName], SampleSystem.Key);
                break;
            case "a medium that was cut off":
                return JolietImage.Of(folder)[..^5000];
            case "zeros":
                return new byte[100_000];
            case "nothing":
                return [];
        }

        return JolietImage.Of(folder);
    }

    private sealed class DeviceStream(byte[] content) : MemoryStream(content)
    {
        public override long Length => 0;
    }
}
