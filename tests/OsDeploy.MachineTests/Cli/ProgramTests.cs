using System.Text.Json;
using OsDeploy.MachineTests.Disks;

namespace OsDeploy.MachineTests.Cli;

public sealed class ProgramTests : IDisposable
{
    private const string OneExt4 = "label: gpt\nsize=64MiB, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4\n";
    private const long DiskSize = 72 << 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-cli-");

    public ProgramTests() => Root.OrSkip();

    private string Store => Path.Combine(_folder.FullName, "store");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Doctor_finds_what_the_tests_need()
    {
        var result = await OsDeployProgram.RunAsync("doctor");

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains("durable writes", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demonstration_moves_only_what_differs_and_ends_with_equal_files()
    {
        var result = await OsDeployProgram.RunAsync("demo", "--json", "--work", _folder.FullName);

        Assert.True(result.ExitCode == 0, result.ErrorOutput);
        using var demo = JsonDocument.Parse(result.Output);
        var (full, drift) = (demo.RootElement.GetProperty("firstRestore"), demo.RootElement.GetProperty("secondRestore"));
        Assert.InRange(BytesOf(full, "writtenBytes"), BytesOf(full, "usedBytes") / 2, BytesOf(full, "usedBytes"));
        Assert.InRange(BytesOf(drift, "writtenBytes"), 1, BytesOf(drift, "usedBytes") / 5);
        Assert.InRange(demo.RootElement.GetProperty("equalFiles").GetInt32(), 100, int.MaxValue);
        Assert.Empty(Directory.GetDirectories(_folder.FullName, "*-3"));
    }

    [Fact]
    public async Task A_capture_prints_its_report_as_JSON_and_nothing_else()
    {
        await using var master = await MakeMasterAsync();

        var result = await CaptureAsync(master);

        using var report = JsonDocument.Parse(result.Output);
        Assert.Equal("lab", report.RootElement.GetProperty("image").GetString());
        Assert.Equal(64, report.RootElement.GetProperty("version").GetString()!.Length);
        Assert.NotEqual(0, BytesOf(report.RootElement, "usedBytes"));
        Assert.NotEqual(0, report.RootElement.GetProperty("phases").GetArrayLength());
    }

    [Fact]
    public async Task A_wrong_name_typed_leaves_the_disk_as_it_was()
    {
        await using var master = await MakeMasterAsync();
        await CaptureAsync(master);
        await using var target = await TestDisk.CreateAsync(DiskSize);
        var before = await target.HashAsync();

        var result = await OsDeployProgram.RunOnTerminalAsync("yes", "restore", target.Path, "--store", Store, "--image", "lab", "--allow-other-firmware");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("[not-confirmed]", result.Output, StringComparison.Ordinal);
        Assert.Equal(before, await target.HashAsync());
    }

    [Fact]
    public async Task The_right_name_typed_restores_and_the_table_comes_back()
    {
        await using var master = await MakeMasterAsync();
        await CaptureAsync(master);
        await using var target = await TestDisk.CreateAsync(DiskSize);

        var result = await OsDeployProgram.RunOnTerminalAsync(
            Path.GetFileName(target.Path), "restore", target.Path, "--store", Store, "--image", "lab", "--allow-other-firmware");

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains("It holds nothing that osdeploy knows.", result.Output, StringComparison.Ordinal);
        Assert.Contains("Everything on this disk will be lost.", result.Output, StringComparison.Ordinal);
        Assert.Equal((await master.InspectAsync()).Partitions, (await target.InspectAsync()).Partitions);
    }

    [Fact]
    public async Task A_version_is_signed_checked_and_demanded()
    {
        await using var master = await MakeMasterAsync();
        await CaptureAsync(master);
        var (privateKey, publicKey) = Images.ManifestSignature.NewKey();
        var (privateFile, publicFile) = (Path.Combine(_folder.FullName, "key.pem"), Path.Combine(_folder.FullName, "key.pub.pem"));
        await File.WriteAllTextAsync(privateFile, privateKey, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(publicFile, publicKey, TestContext.Current.CancellationToken);
        await using var target = await TestDisk.CreateAsync(DiskSize);
        string[] restore = ["restore", target.Path, "--store", Store, "--image", "lab", "--allow-other-firmware", "--require-signature", publicFile, "--yes"];

        var unsigned = await OsDeployProgram.RunAsync(restore);
        var sign = await OsDeployProgram.RunAsync("image", "sign", "lab", "--store", Store, "--key", privateFile);
        var signed = await OsDeployProgram.RunAsync(restore);

        Assert.Equal((1, 0, 0), (unsigned.ExitCode, sign.ExitCode, signed.ExitCode));
    }

    [Fact]
    public async Task An_image_is_listed_shown_exported_checked_and_deleted()
    {
        await using var master = await MakeMasterAsync();
        await CaptureAsync(master);
        var copy = Path.Combine(_folder.FullName, "copy");

        var export = await OsDeployProgram.RunAsync("image", "export", "lab", "--store", Store, "--to", copy, "--json");
        var check = await OsDeployProgram.RunAsync("image", "check", "--store", copy);
        var manifest = await OsDeployProgram.RunAsync("image", "show", "lab", "--store", copy, "--json");
        var delete = await OsDeployProgram.RunAsync("image", "delete", "lab", "--store", copy, "--yes");
        var prune = await OsDeployProgram.RunAsync("image", "prune", "--store", copy, "--now", "--yes", "--json");
        var list = await OsDeployProgram.RunAsync("image", "list", "--store", copy, "--json");

        Assert.All([export, check, manifest, delete, prune, list], result => Assert.True(result.ExitCode == 0, result.ErrorOutput + result.Output));
        using var original = JsonDocument.Parse((await OsDeployProgram.RunAsync("image", "list", "--store", Store, "--json")).Output);
        Assert.Equal(original.RootElement[0].GetProperty("version").GetString(), Images.VersionId.Of(System.Text.Encoding.UTF8.GetBytes(manifest.Output)).ToString());
        Assert.Equal("[]", list.Output.Trim());
        Assert.Empty(Directory.GetFiles(Path.Combine(copy, "packs"), "*.pack", SearchOption.AllDirectories));
    }

    private async Task<CommandResult> CaptureAsync(TestDisk master)
    {
        var result = await OsDeployProgram.RunAsync("capture", master.Path, "--store", Store, "--image", "lab", "--json");
        Assert.True(result.ExitCode == 0, result.ErrorOutput);
        return result;
    }

    private static async Task<TestDisk> MakeMasterAsync()
    {
        var disk = await TestDisk.CreateAsync(DiskSize, OneExt4);
        await disk.FormatAsync(1, "ext4");
        await disk.CopyInAsync(1, "/usr/share/common-licenses");
        return disk;
    }

    private static long BytesOf(JsonElement report, string name) => report.GetProperty(name).GetInt64();
}
