using OsDeploy.Api.Appliance;
using OsDeploy.Api.Helper;
using OsDeploy.Helper.Systems;
using OsDeploy.SystemImages;
using OsDeploy.Tests.SystemImages;

namespace OsDeploy.MachineTests.Systems;

/// <summary>Updates of an installed appliance, what is refused, and the way back.</summary>
public sealed class SystemDeskTests
{
    private const string Newer = "v1.3";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_update_goes_to_the_other_place_is_tried_once_and_kept_when_it_works()
    {
        await using var lab = await SystemLab.CreateAsync();
        await lab.InstallAsync();
        var desk = await lab.StartedFromAsync("a");
        var kept = await KeptAsync(lab);
        lab.Send(JolietImage.Of(SampleSystem.Folder(SampleSystem.Files(seed: 2), SampleSystem.Counter + 1, Newer)));

        Assert.Null((await SystemLab.UpdateAsync(desk)).Code);

        Assert.Equal(("a", "b"), (lab.Environment().Slot, lab.Environment().Try));
        var state = await SystemLab.StateAsync(desk);
        Assert.Equal((SystemPlace.Disk, SampleSystem.Version, "a", Newer, true), (state.Place, state.Version, state.Running, state.Other?.Version, state.Other?.IsNext));
        Assert.Equal(kept, await KeptAsync(lab));

        // GRUB takes the try out, and starts it.
        lab.Change(lab.Environment().With(GrubEnvironment.TryName, ""));
        await desk.RunAsync(new SystemKeepRequest(), Cancel);
        Assert.Equal("a", lab.Environment().Slot);
    }

    [Fact]
    public async Task What_was_tried_becomes_lasting_when_it_says_that_it_works_and_not_before()
    {
        await using var lab = await SystemLab.CreateAsync();
        await lab.InstallAsync();
        var first = await lab.StartedFromAsync("a");
        lab.Send(JolietImage.Of(SampleSystem.Folder(SampleSystem.Files(seed: 2), SampleSystem.Counter + 1, Newer)));
        Assert.Null((await SystemLab.UpdateAsync(first)).Code);

        lab.Change(lab.Environment().With(GrubEnvironment.TryName, ""));
        await lab.UnmountAsync();
        var second = await lab.StartedFromAsync("b");
        Assert.True((await SystemLab.StateAsync(second)).IsTrial);
        Assert.Equal("a", lab.Environment().Slot);

        await second.RunAsync(new SystemKeepRequest(), Cancel);
        Assert.False((await SystemLab.StateAsync(second)).IsTrial);
        Assert.Equal(("b", null), (lab.Environment().Slot, lab.Environment().Try));

        var told = await second.RunAsync(new SystemFallbackRequest(), Cancel);
        Assert.Equal((SampleSystem.Version, "a"), (told.Data, lab.Environment().Try));

        // Going back is not an update: what is older than what has run is not taken.
        await lab.UnmountAsync();
        var back = await lab.StartedFromAsync("a");
        lab.Send(JolietImage.Of(SampleSystem.Folder(SampleSystem.Files(seed: 3), SampleSystem.Counter)));
        Assert.Equal("system-image-older", (await RefusedAsync(back)).Code);
    }

    [Fact]
    public async Task What_must_not_be_taken_leaves_everything_as_it_was()
    {
        await using var lab = await SystemLab.CreateAsync();
        await lab.InstallAsync();
        var desk = await lab.StartedFromAsync("a");
        Assert.Equal("system-upload-missing", (await RefusedAsync(desk)).Code);
        Assert.Equal("system-no-previous", (await Assert.ThrowsAsync<UserErrorException>(() => desk.RunAsync(new SystemFallbackRequest(), Cancel))).Code);

        var files = SampleSystem.Files(seed: 2);
        foreach (var (folder, code) in new[]
        {
            (SampleSystem.Folder(files, SampleSystem.Counter - 1), "system-image-older"),
            (SampleSystem.Folder(files, SampleSystem.Counter + 1, key: SystemSignature.NewKey()), "system-image-signature"),
        })
        {
            lab.Send(JolietImage.Of(folder));
            Assert.Equal(code, (await RefusedAsync(desk)).Code);
        }

        var tampered = SampleSystem.Folder(files, SampleSystem.Counter + 1);
        tampered[SystemFiles.Debian][3] ^= 1;
        lab.Send(JolietImage.Of(tampered));
        Assert.Equal("system-image-tampered", (await SystemLab.UpdateAsync(desk)).Code);
        Assert.Equal(("a", null), (lab.Environment().Slot, lab.Environment().Try));
        Assert.Null((await SystemLab.StateAsync(desk)).Other?.Version);
    }

    [Fact]
    public async Task A_link_or_a_pipe_in_place_of_what_was_sent_is_not_followed()
    {
        await using var lab = await SystemLab.CreateAsync();
        await lab.InstallAsync();
        var desk = await lab.StartedFromAsync("a");
        var elsewhere = Path.Combine(lab.Work, "elsewhere.iso");
        await File.WriteAllBytesAsync(elsewhere, JolietImage.Of(SampleSystem.Folder(SampleSystem.Files(), SampleSystem.Counter + 1)), Cancel);
        Directory.CreateDirectory(Path.GetDirectoryName(lab.Upload)!);

        File.CreateSymbolicLink(lab.Upload, elsewhere);
        Assert.Equal("system-upload-missing", (await RefusedAsync(desk)).Code);
        File.Delete(lab.Upload);
        await new Command("mkfifo", lab.Upload).RunAsync(Cancel);
        Assert.Equal("system-upload-missing", (await RefusedAsync(desk)).Code);
    }

    [Fact]
    public async Task Cut_short_before_any_program_the_system_before_still_starts()
    {
        await using var lab = await SystemLab.CreateAsync();
        await lab.InstallAsync();
        var desk = await lab.StartedFromAsync("a");
        var image = JolietImage.Of(SampleSystem.Folder(SampleSystem.Files(seed: 2), SampleSystem.Counter + 1, Newer));
        for (var cut = 1; ; cut++)
        {
            var programs = 0;
            lab.Before = program => program.ToString().StartsWith("lsblk", StringComparison.Ordinal) || ++programs != cut ? Task.CompletedTask : throw new UserErrorException("test-cut", "It was cut.", "Go on.");
            lab.Send(image);
            var work = await SystemLab.UpdateAsync(desk);
            lab.Before = _ => Task.CompletedTask;
            if (work.Code is null)
            {
                Assert.True(programs > 8, "it runs more programs than that");
                Assert.Equal("b", lab.Environment().Try);
                break;
            }

            Assert.Equal(("a", null), (lab.Environment().Slot, lab.Environment().Try));
            await new Command("umount", "--lazy", Path.Combine(lab.Work, "slot")).Accepting(_ => true).RunAsync(Cancel);
        }
    }

    private static async Task<UserErrorException> RefusedAsync(SystemDesk desk) =>
        await Assert.ThrowsAsync<UserErrorException>(() => desk.RunAsync(new SystemUpdateRequest(SystemSource.Upload), Cancel));

    // All that is not the place that is written: loaders, the place that runs, the volume.
    private static async Task<string> KeptAsync(SystemLab lab) => string.Join('\n', await Task.WhenAll(new[] { lab.Parts.Bios, lab.Parts.Slot("a"), lab.Parts.Data }.Select(async device =>
        (await new Command("sha256sum", device).RunAsync(Cancel)).Output)));
}
