using OsDeploy.Api.Helper;
using OsDeploy.Screens.FirstStart;
using OsDeploy.SetUp;
using OsDeploy.Tests.Boot;

namespace OsDeploy.Tests.Screens.FirstStart;

/// <summary>An appliance that nobody has set up: its helper is a stub, its volume a folder.</summary>
internal sealed class NewAppliance : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    private readonly TemporaryFolder _folder = new();
    private readonly List<FirstStartAnswers> _operators = [];

    public NewAppliance()
    {
        Stub = new StubHelper(_folder["helper.sock"]) { Answer = AnswerTo };
        Helper = new HelperClient(_folder["helper.sock"], TimeProvider.System);
        Directory.CreateDirectory(Volume);
        Work = NewWork();
    }

    public StubHelper Stub { get; }

    public HelperClient Helper { get; }

    public FirstStartWork Work { get; }

    public string Volume => _folder["volume"];

    /// <summary>Of the daemon, in the order it was asked.</summary>
    public IReadOnlyList<FirstStartAnswers> Operators => _operators;

    /// <summary>Whether a disk holds a volume before anything is done.</summary>
    public bool HasVolume { get; set; }

    /// <summary>Verbs that fail, with what is said.</summary>
    public Dictionary<Type, UserErrorException> Failing { get; } = [];

    public IReadOnlyList<DataDisk> Disks { get; set; } =
    [
        new("/dev/sda", "sda", "WDC WD10EZEX", "WD-WCC6Y0AAAAAA", 1_000_204_886_016, DataDiskState.Blank, []),
        new("/dev/nvme0n1", "nvme0n1", "KXG6AZNV512G", "S1X0", 512_110_190_592, DataDiskState.Full, ["nvme0n1p1: ntfs \"Windows\", 476 GiB"]),
        new("/dev/sdb", "sdb", "Flash_Drive", "F1", 8_004_304_896, DataDiskState.StartMedium, ["sdb1: vfat \"OSDEPLOY_1\", 7.45 GiB"]),
    ];

    public IReadOnlyList<NetworkCard> Cards { get; set; } =
    [
        new("enp1s0", "52:54:00:12:34:56", "10.0.0.5/24", "10.0.0.254", ["10.0.0.253"], IsUp: true),
        new("enp2s0", "52:54:00:12:34:57", null, null, [], IsUp: false),
    ];

    public static bool HasZone(string zone) => zone is "UTC" or "Europe/Berlin" or "Europe/Paris";

    public FirstStartWork NewWork() => new(Helper, Volume, (answers, _) =>
    {
        if (Failing.Remove(typeof(FirstStartAnswers), out var why))
        {
            throw why;
        }

        _operators.Add(answers);
        return Task.CompletedTask;
    });

    public FirstStartWizard NewWizard() => new(Work, Helper, () => Cards, HasZone);

    public async ValueTask DisposeAsync()
    {
        await Stub.DisposeAsync();
        _folder.Dispose();
    }

    private HelperAnswer? AnswerTo(HelperRequest request) => Failing.TryGetValue(request.GetType(), out var why) ? HelperAnswer.Refused(why) : request switch
    {
        DataDisksRequest => HelperAnswer.Listed(Disks),
        DataDiskMountRequest => HasVolume ? HelperAnswer.Done : HelperAnswer.Refused(new UserErrorException("data-disk-none", "None.", "Prepare one.")),
        DataDiskPrepareRequest => Prepared(),
        _ => null,
    };

    private HelperAnswer Prepared()
    {
        HasVolume = true;
        return HelperAnswer.Done;
    }
}
