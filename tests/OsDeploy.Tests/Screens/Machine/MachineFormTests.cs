using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Images;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Machine;
using OsDeploy.Screens.Machine.Views;
using OsDeploy.Screens.Words;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Images;
using Xunit;
using static OsDeploy.Tests.Screens.Machine.BenchComputer;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Screens.Machine;

/// <summary>Every form of the machine screens, in every language.</summary>
public sealed class MachineFormTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_form_has_two_things_under_the_same_letter_and_each_has_help()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await daemon.Admin.CallAsync(ConfigurationApi.Add, new NewConfiguration("lab"), Cancel);
        await daemon.Admin.CallAsync(HostApi.AddRoom, new NewRoom("r101", "lab"), Cancel);
        await daemon.StoreAsync(SampleImage.Of([1, 2, 3]));
        await daemon.StoreAsync(SampleImage.Of([4], "office", kind: ImageKind.Manual));
        await daemon.AddHostAsync(1, "pc01", configuration: "lab");
        await using var bench = LabBench.Start(daemon, new BenchComputer(1, Disk("S1", Partition(1, "ntfs", 100)), Disk("S2", Partition(1, "ext4", 100))));
        await bench.LoginAsync();
        var clashes = new List<string>();
        try
        {
            foreach (var language in Language.All)
            {
                Language.Use(language);
                foreach (var form in await FormsAsync(bench.Session, clashes))
                {
                    clashes.AddRange(Clashes(form));
                    Assert.NotEmpty(form.Help);
                }
            }
        }
        finally
        {
            Language.Use(Language.English);
        }

        Assert.True(clashes.Count == 0, string.Join('\n', clashes));
    }

    [Theory]
    [InlineData("/dev/tty1", true)]
    [InlineData("/dev/tty63", true)]
    [InlineData("/dev/ttyS0", false)]
    [InlineData("/dev/pts/3", false)]
    [InlineData("/dev/tty", false)]
    [InlineData("/dev/ttyUSB0", false)]
    [InlineData(null, false)]
    public void A_root_shell_is_for_the_computers_own_keyboard(string? terminal, bool isFit)
    {
        Assert.Equal(isFit, RootShell.WhyNot(terminal, isSwitchedOff: false) is null);
        Assert.NotNull(RootShell.WhyNot(terminal, isSwitchedOff: true));
    }

    private static IEnumerable<string> Clashes(FormModel form)
    {
        var labels = form.Asked.Where(field => field.IsQuestion).Select(field => field.Label).Concat(form.Actions.Select(action => action.Label))
            .Append(OsDeploy.Screens.Words.Common.Cancel).Append(OsDeploy.Screens.Words.Common.Back).ToList();
        return labels.Select(label => (Letter: HotKey.Of(label), label)).Where(pair => pair.Letter is not null).GroupBy(pair => pair.Letter).Where(group => group.Count() > 1)
            .Select(group => $"{Language.Current.Code}, {form.Title}: {string.Join(" and ", group.Select(pair => pair.label))}");
    }

    private static async Task<List<FormModel>> FormsAsync(MachineSession session, List<string> clashes)
    {
        List<FormModel> forms = [LoginFlow.Login(session), LoginFlow.Administrator(session, "Shell", _ => Task.CompletedTask), QuitFlow.Of(session), await AboutFlow.PrepareAsync(session, Cancel)];
        forms.Add(await PartitionFlow.PartitionsAsync(session, Cancel));
        forms.Add(await PartitionFlow.BootRecordAsync(session, Cancel));
        forms.Add(await CleanFlow.PrepareAsync(session, Cancel));
        forms.Add((await RestoreFlow.StartAsync(session, Cancel))!);
        forms.AddRange((await RegisterFlow.PrepareAsync(session, Cancel)).Wizard.Pages.Select(page => page.Form));
        forms.AddRange((await ManualFlow.PrepareAsync(session, Cancel)).Wizard.Pages.Select(page => page.Form));
        var clone = (await CloneFlow.PrepareAsync(session, Cancel)).Wizard.Pages.Select(page => page.Form).ToList();
        var partition = clone[^2];
        foreach (var os in Enum.GetNames<OperatingSystem>())
        {
            partition.Get<ChoiceEntry>("os").Value = os;
            clashes.AddRange(Clashes(partition));
        }

        return [.. forms, .. clone];
    }
}
