using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Configurations;
using OsDeploy.Images;
using OsDeploy.Screens.Console.Store;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Images;
using OsDeploy.Tui.Input;
using OsDeploy.Tui.Tests;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

public sealed class StoreScreenTests
{
    private static readonly SampleImage s_old = SampleImage.Of([1, 2, 3, 4], "win11");
    private static readonly SampleImage s_new = SampleImage.Of([1, 2, 5, 6, 7], "win11", day: 2);
    private static readonly SampleImage s_linux = SampleImage.Of([8, 9], "linux");
    private static readonly SampleImage s_manual = SampleImage.Of([1, 10], "office-c", kind: ImageKind.Manual);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Versions_stand_with_what_they_hold_and_add()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        run.Terminal.Until(() => run.Terminal.Text.Split('\n').Count(line => line.Contains("KiB", StringComparison.Ordinal) && line.LastIndexOf("KiB", StringComparison.Ordinal) > line.IndexOf("KiB", StringComparison.Ordinal)) == 3);
        run.Look(screen => Golden.Check(Masked.Of(screen), "Store"));
        run.Press(Key.CursorDown, Key.Enter);
        run.UntilShown("[<");
        run.Look(screen => Golden.Check(Masked.Of(screen), "StoreDetails"));
        run.Press(Key.Enter);
        run.Run(at => new StoreScreen(at, ImageKind.Image));
    }

    [Fact]
    public async Task Manual_images_say_of_which_partition_they_are()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        run.UntilShown("office-c");
        run.Look(screen => Golden.Check(Masked.Of(screen), "Manual"));
        run.Run(at => new StoreScreen(at, ImageKind.Manual));
    }

    [Fact]
    public async Task A_version_is_deleted_once_its_image_is_typed_and_comes_back()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        run.UntilShown("linux");
        run.Type("/");
        run.Type("current win11");
        run.Press(Key.Enter, Key.F8);
        run.UntilShown("Delete a version");
        run.Look(screen => Golden.Check(Masked.Of(screen), "StoreDelete"));
        run.Type("win10");
        run.Alt('d');
        run.UntilShown("! Type win11 to go on.");
        run.Press(Key.Backspace);
        run.Type("1");
        run.Alt('d');
        run.UntilShown("Deleted win11@");
        run.Press(Key.Esc);
        run.UntilShown("x deleted (72 h)");
        run.Type("/");
        run.Type("deleted");
        run.Press(Key.Enter, Key.F6);
        run.UntilShown("Put it back on the list?");
        run.Alt('u');
        run.UntilShown("is back.");
        run.Run(at => new StoreScreen(at, ImageKind.Image));

        Assert.True(await IsListedAsync(run, s_new));
    }

    [Fact]
    public async Task Enter_alone_deletes_nothing()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        run.UntilShown("linux");
        run.Press(Key.F8);
        run.UntilShown("Delete a version");
        run.Type("linux");
        run.Press(Key.Enter);
        run.UntilGone("Delete a version");
        run.Run(at => new StoreScreen(at, ImageKind.Image));

        Assert.True(await IsListedAsync(run, s_linux));
    }

    [Fact]
    public async Task An_older_version_becomes_the_current_one()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        run.UntilShown("linux");
        run.Press(Key.CursorDown, Key.F2);
        run.UntilShown("is the current version already");
        run.Press(Key.CursorDown);
        run.Type("c");
        run.UntilShown("Make this the current version?");
        run.Alt('m');
        run.UntilShown("is the current version now.");
        run.Run(at => new StoreScreen(at, ImageKind.Image));

        Assert.True((await run.Daemon.Admin.CallAsync(ApplianceApi.ListStored, Cancel)).Single(one => one.Entry.Version == s_old.Version).Entry.IsCurrent);
    }

    [Fact]
    public async Task Two_versions_are_compared()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        run.UntilShown("linux");
        run.Press(Key.CursorDown, Key.F3);
        run.UntilShown("Compare with");
        run.Press(Key.Enter);
        run.UntilShown("The same in both: 8.00 KiB");
        run.Look(screen => Assert.Contains("Only in", screen, StringComparison.Ordinal));
        run.Press(Key.Enter);
        run.Run(at => new StoreScreen(at, ImageKind.Image));
    }

    [Fact]
    public async Task A_prune_that_waits_for_nothing_wants_its_word()
    {
        await using var run = await ScreenRun.StartAsync(async daemon =>
        {
            await PrepareAsync(daemon);
            await using var store = StoreOf(daemon);
            await store.DeleteAsync(s_new.Version, Cancel);
        });
        run.UntilShown("x deleted (72 h)");
        run.UntilShown("16.0 KiB 16.0 KiB"); // what a version adds is weighed in the background
        run.Press(Key.F7);
        run.UntilShown("Pruning would free 0 B");
        run.Press(Key.Space);
        run.UntilShown("lost for good: 1");
        run.Look(screen => Golden.Check(Masked.Of(screen), "StorePrune"));
        run.Alt('p');
        run.UntilShown("! Something must be entered here.");
        run.Type("prune");
        run.Alt('p');
        run.UntilShown("Gone for good: " + s_new.Version.Short);
        run.Press(Key.Enter);
        run.UntilGone("x deleted (72 h)");
        run.Run(at => new StoreScreen(at, ImageKind.Image));
    }

    [Fact]
    public async Task A_check_says_what_it_read()
    {
        await using var run = await ScreenRun.StartAsync(PrepareAsync);
        run.UntilShown("linux");
        run.Press(Key.F4);
        run.UntilShown("Check the store");
        run.Alt('k');
        run.UntilShown("All good.");
        run.Press(Key.Enter);
        run.Run(at => new StoreScreen(at, ImageKind.Image));
    }

    [Fact]
    public async Task Who_may_only_look_is_told_so()
    {
        await using var run = await ScreenRun.StartAsync(
            async daemon =>
            {
                await PrepareAsync(daemon);
                await daemon.AddOperatorAsync("vera", Role.Viewer);
            },
            "vera");
        run.UntilShown("linux");
        run.Press(Key.F8);
        run.UntilShown("Your account may look at images, not change them.");
        run.Press(Key.F7);
        run.UntilShown("Only an administrator may do this.");
        run.Run(at => new StoreScreen(at, ImageKind.Image));
    }

    internal static async Task PrepareAsync(TestDaemon daemon)
    {
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("win11"), Cancel);
        await daemon.AddHostAsync(1, "pc01", configuration: "win11");
        foreach (var image in new[] { s_old, s_new, s_linux, s_manual })
        {
            await daemon.StoreAsync(image);
        }
    }

    private static HttpImageStore StoreOf(TestDaemon daemon) =>
        new(daemon.Address, TimeProvider.System, new ConnectionOptions { ServerKey = daemon.Key, Token = daemon.Token });

    private static async Task<bool> IsListedAsync(ScreenRun run, SampleImage image)
    {
        await using var store = StoreOf(run.Daemon);
        return (await store.ListAsync(Cancel)).Any(entry => entry.Version == image.Version);
    }
}
