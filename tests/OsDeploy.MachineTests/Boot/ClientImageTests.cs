using System.Security.Cryptography;
using OsDeploy.Boot;
using OsDeploy.ImageBuilder;

namespace OsDeploy.MachineTests.Boot;

public sealed class ClientImageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osd-image-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_same_packages_give_the_same_build_byte_for_byte()
    {
        var (build, folder) = ClientImageFiles.OrSkip();
        var (first, second) = (await BuildAsync("first"), await BuildAsync("second"));
        Assert.Equal(first.Build.ToBytes(), second.Build.ToBytes());
        await first.Build.CheckAsync(second.Folder, Cancel);
        Assert.Equal(await ListAsync(first.Folder), await ListAsync(second.Folder));
        Assert.Equal(first.Build.Id, new FileInfo(Path.Combine(_folder.FullName, "first/current")).LinkTarget);

        // The build that was there before is as it was.
        Assert.Equal(build.Id, ClientBuild.Load(folder).Id);
    }

    [Fact]
    public async Task The_same_packages_give_the_same_medium_byte_for_byte()
    {
        var (build, folder) = ClientImageFiles.OrSkip();
        Assert.SkipUnless(Full.IsAsked, "it packs all firmware twice: ./build.sh test --full runs it");
        Assert.Equal(await MediumAsync("first", build, folder), await MediumAsync("second", build, folder));
    }

    private async Task<string> MediumAsync(string name, ClientBuild build, string folder)
    {
        var made = await ClientImage.BuildMediumAsync(OptionsFor($"{name}/client"), build, folder, _ => { }, Cancel);
        await using var file = File.OpenRead(made);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, Cancel));
    }

    private Task<(ClientBuild Build, string Folder)> BuildAsync(string name) => ClientImage.BuildAsync(OptionsFor(name), _ => { }, Cancel);

    // The packages come from the cache of the build before the tests: no mirror is asked.
    private BuildOptions OptionsFor(string name)
    {
        var artifacts = Path.GetFullPath($"{ClientImageFiles.Folder}/../..");
        var definition = Path.GetFullPath($"{artifacts}/../iso/client");
        return new BuildOptions(definition, Path.Combine(artifacts, "program"), Path.Combine(artifacts, "cache"), Path.Combine(_folder.FullName, name), "http://192.0.2.1/debian", 1, Refresh: false);
    }

    private static async Task<string> ListAsync(string folder) =>
        await File.ReadAllTextAsync(Path.Combine(folder, "packages.txt"), Cancel) + await File.ReadAllTextAsync(Path.Combine(folder, "modules.txt"), Cancel);
}
