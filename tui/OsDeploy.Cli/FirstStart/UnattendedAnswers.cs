using OsDeploy.Api.Accounts;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Helper;
using OsDeploy.Cli.Login;
using OsDeploy.Screens.FirstStart;
using OsDeploy.SetUp;

namespace OsDeploy.Cli.FirstStart;

/// <summary>Makes of a file what a person would have answered, with the same proposals where it says nothing.</summary>
internal sealed class UnattendedAnswers(AnswersFile file, HelperClient helper, Func<IReadOnlyList<NetworkCard>> cards, Func<string, bool> hasZone)
{
    private const string NoDisk = "none";
    private const string TheVolume = "volume";
    private const string TheBlankOne = "blank";
    private const string ByDhcp = "dhcp";
    private const string AsFits = "auto";

    /// <param name="hasVolume">There is a volume of an appliance already.</param>
    /// <exception cref="UserErrorException"><c>usage-answers</c>, <c>secret-file</c>, those of accounts, settings and the helper.</exception>
    public async Task<FirstStartAnswers> ResolveAsync(bool hasVolume, CancellationToken cancel)
    {
        var (name, password) = (OperatorName.Parse(file[AnswersFile.Operator]), SecretFile.ReadLine(file[AnswersFile.PasswordFile]!));
        PasswordRules.Check(password, name);
        var network = NetworkOf();
        var appliance = new ApplianceSettings(
            file[AnswersFile.Language] ?? Screens.Words.Language.Current.Code, file[AnswersFile.HostName] ?? SchoolPage.UsualName, ZoneOf(), network).Checked();
        return new FirstStartAnswers(await DiskOfAsync(hasVolume, cancel), $"{name}", password, appliance, SettingsOf(network));
    }

    private string ZoneOf()
    {
        var zone = file[AnswersFile.TimeZone] ?? SchoolPage.UsualZone();
        return ApplianceSettings.IsZone(zone) && hasZone(zone) ? zone : throw file.Refuse(AnswersFile.TimeZone, "there is no such time zone");
    }

    private NetworkSettings NetworkOf()
    {
        var card = file[AnswersFile.Interface] ?? (cards() is [var first, ..] ? first.Name : throw FirstStartErrors.NoCard());
        var address = file[AnswersFile.Address] is { } text and not ByDhcp ? text : null;
        return new NetworkSettings(card, address, file[AnswersFile.Gateway], file[AnswersFile.Dns]?.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Checked();
    }

    // By serial number, by name or by path. What it holds is lost only if the file repeats its name.
    private async Task<DiskChoice> DiskOfAsync(bool hasVolume, CancellationToken cancel)
    {
        var wanted = file[AnswersFile.Disk]!;
        if (hasVolume || wanted is NoDisk or TheVolume)
        {
            return hasVolume ? new DiskChoice(DiskUse.Volume)
                : wanted == NoDisk ? new DiskChoice(DiskUse.None)
                : throw file.Refuse(AnswersFile.Disk, "no disk holds a volume of an appliance");
        }

        var disks = (await helper.DisksAsync(cancel)).Where(disk => disk.IsOffered).ToList();
        var found = wanted == TheBlankOne
            ? disks.Where(disk => disk.State == DataDiskState.Blank).ToList()
            : disks.Where(disk => wanted == disk.Serial || wanted == disk.Name || wanted == disk.Path).ToList();
        if (file[AnswersFile.Confirm] is not null && found.Exists(disk => disk.Serial != wanted || wanted.Length == 0))
        {
            throw file.Refuse(AnswersFile.Disk, "a disk that holds data is named by its serial number: what is called sda today is another disk tomorrow");
        }

        return found is [var disk]
            ? new DiskChoice(DiskUse.Prepare, disk, file[AnswersFile.Confirm])
            : throw file.Refuse(AnswersFile.Disk, found.Count == 0 ? "there is no such disk that could be used" : "several disks could be meant");
    }

    private FirstSettings SettingsOf(NetworkSettings network)
    {
        var mode = ModeOf();
        if (mode != BootMode.Dhcp)
        {
            return new FirstSettings(file[AnswersFile.School], mode, mode == BootMode.Off ? "" : network.Interface);
        }

        if (network.Address is null)
        {
            throw file.Refuse(AnswersFile.Pxe, "a DHCP server needs a fixed address");
        }

        var (first, last) = RangeOf(network.Address);
        return new FirstSettings(file[AnswersFile.School], mode, network.Interface, first, last, network.Gateway, network.Dns);
    }

    private BootMode ModeOf() => (file[AnswersFile.Pxe] ?? AsFits) switch
    {
        "off" => BootMode.Off,
        "proxy" => BootMode.Proxy,
        ByDhcp => BootMode.Dhcp,

        // A switch lets nothing through for half a minute: that no other server answers now is no reason to be one with nobody there to ask.
        AsFits => BootMode.Proxy,
        _ => throw file.Refuse(AnswersFile.Pxe, "it is auto, proxy, dhcp or off"),
    };

    private (string First, string Last) RangeOf(string own)
    {
        if (file[AnswersFile.Range] is not { } text)
        {
            return StartingPage.RangeOf(own) ?? throw file.Refuse(AnswersFile.Address, "the network has no room for computers");
        }

        var parts = text.Split('-', StringSplitOptions.TrimEntries);
        return parts is [var first, var last] && StartingPage.IsRange(first, last, own) ? (first, last) : throw file.Refuse(AnswersFile.Range, "it is FIRST-LAST within the network, without the appliance's own address");
    }
}
