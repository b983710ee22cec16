using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Lab.Pcs;
using OsDeploy.SystemImages;

namespace OsDeploy.MachineTests.Boot;

/// <summary>The appliance, installed from its medium on a disk, started from there, updated, and gone back.</summary>
public sealed class InstalledApplianceTests
{
    private const string Newer = "v9.1";
    private const string Broken = "v9.2";

    public InstalledApplianceTests() => InstalledAppliance.SkipUnlessAsked();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Installed_it_starts_by_the_bios_takes_an_update_and_goes_back_from_one_that_does_not_work()
    {
        await using var appliance = new InstalledAppliance();
        await appliance.InstallAsync();
        await appliance.StartAsync(PcFirmware.Bios);
        var first = await appliance.UntilAsync("it is kept", state => state is { Running: "a", IsTrial: false });
        Assert.True(first.IsDevelopment);
        Assert.Null(first.Other?.Version);
        await (await appliance.ApiAsync()).CallAsync(PersonalApi.ChangeSchool, new School("Stays", "de-DE"), Cancel);

        // Tampered with: refused, and nothing has changed.
        var counter = InstalledAppliance.CounterOfMedium();
        var newer = await appliance.BuildAsync(Newer, counter + 1);
        await FlipAsync(newer);
        Assert.Equal("system-image-tampered", (await appliance.UpdateAsync(newer)).Code);
        Assert.Null((await appliance.UntilAsync("refused", _ => true)).Other?.Version);

        await FlipAsync(newer);
        Assert.Null((await appliance.UpdateAsync(newer)).Code);
        await appliance.RestartAsync();
        var second = await appliance.UntilAsync("the update is kept", state => state is { Running: "b", Version: Newer, IsTrial: false });
        Assert.Equal(first.Version, second.Other?.Version);
        Assert.Equal("Stays", (await (await appliance.ApiAsync()).CallAsync(PersonalApi.ShowSchool, Cancel)).Name);

        // Its daemon never answers.
        var broken = await appliance.BuildAsync(Broken, counter + 2, definition =>
        {
            var units = Path.Combine(definition, "overlay/etc/systemd/system");
            Replace(Path.Combine(units, "osdeployd.service"), "ExecStart=/usr/lib/osdeploy/daemon/osdeployd", "ExecStart=/bin/false");
            Replace(Path.Combine(units, "osdeploy-trial.service"), "--minutes 10", "--minutes 1");
        });
        Assert.Null((await appliance.UpdateAsync(broken)).Code);
        Assert.Equal(Broken, (await appliance.UntilAsync("it is next", state => state.Other is { IsNext: true })).Other?.Version);
        await appliance.RestartAsync();
        var third = await appliance.UntilAsync("it has gone back", state => state is { Running: "b", Version: Newer, Other.IsNext: false });
        Assert.Equal(Broken, third.Other?.Version);
        Assert.Equal("Stays", (await (await appliance.ApiAsync()).CallAsync(PersonalApi.ShowSchool, Cancel)).Name);
    }

    [Fact]
    public async Task Installed_it_starts_under_secure_boot()
    {
        await using var appliance = new InstalledAppliance();
        await appliance.InstallAsync();
        await appliance.StartAsync(PcFirmware.SecureBoot);
        await appliance.UntilAsync("it is kept", state => state is { Running: "a", IsTrial: false });
    }

    private static void Replace(string file, string part, string replacement)
    {
        var text = File.ReadAllText(file);
        Assert.Contains(part, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(part, replacement, StringComparison.Ordinal));
    }

    // One bit of the first file system.
    private static async Task FlipAsync(string medium)
    {
        var position = await PlaceAsync(medium);
        await using var file = new FileStream(medium, FileMode.Open, FileAccess.ReadWrite);
        file.Position = position;
        var one = file.ReadByte();
        file.Position = position;
        file.WriteByte((byte)(one ^ 1));
    }

    private static async Task<long> PlaceAsync(string medium)
    {
        await using var file = File.OpenRead(medium);
        using var joliet = new JolietMedium(file);
        await using var system = joliet.Open(Assert.Single(joliet.ListFolders()), SystemFiles.Debian);
        system.ReadByte();
        return file.Position + 100_000;
    }
}
