using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Server.Boot;
using OsDeploy.Server.Configurations;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts;

/// <summary>Turns what people ask for into hosts, before the registry looks whether they fit beside the others.</summary>
internal sealed class HostEdit(Registry registry)
{
    private readonly ProductIds _productIds = new(registry.Edges.Seal, registry.Edges.Open);

    /// <exception cref="UserErrorException"><c>room-missing</c>, <c>configuration-missing</c>, <c>text-length-invalid</c></exception>
    public Host New(NewHost asked, ComputerName name, string by)
    {
        var details = DetailsOf(new HostDetails(), asked.Details);
        return new Host
        {
            Id = Registry.NewId(),
            Name = name,
            Identity = HardwareIdentity.OfMac(asked.Mac) with { Macs = WithWlan([asked.Mac], details) },
            Room = registry.RoomName(asked.Room),
            Configuration = ConfigurationFor(asked.Configuration, asked.Room),
            Notes = NotesOf(asked.Notes),
            Details = details,
            ChangedBy = by,
            ChangedAt = registry.Now,
        };
    }

    /// <summary>A registered host gets what its room's hosts have, unless something else was said.</summary>
    public string? ConfigurationFor(string? asked, string? room) =>
        asked is null && !string.IsNullOrEmpty(room) ? registry.RoomOf(room).Value.Configuration : registry.ConfigurationName(asked);

    /// <inheritdoc cref="New"/>
    public Host Changed(Host host, HostChange change, string by)
    {
        var details = change.Details is { } asked ? DetailsOf(host.Details, asked) : host.Details;
        var macs = change.Macs is { } own ? MacsOf(host, own) : host.Identity.Macs;
        return host with
        {
            Name = change.Name is { } name ? ComputerName.Parse(name) : host.Name,
            Room = change.Room is { } room ? registry.RoomName(room) : host.Room,
            Configuration = change.Configuration is { } configuration ? registry.ConfigurationName(configuration) : host.Configuration,
            Notes = change.Notes is { } notes ? NotesOf(notes) : host.Notes,
            IsBlocked = change.IsBlocked ?? host.IsBlocked,
            Identity = host.Identity with { Macs = change.Details?.WlanMac is null ? macs : WithNewWlan(host, macs, details) },
            Details = details,
            Overrides = change.Overrides is { } overrides ? OverridesOf(host, overrides) : host.Overrides,
            Boot = change.Boot is { } boot ? BootRules.Checked(boot) : host.Boot,
            Join = JoinRules.Changed(host.Join, change.Join),
            ChangedBy = by,
            ChangedAt = registry.Now,
        };
    }

    /// <summary>The address of its wireless card is one of a host's cards: it may be met by it.</summary>
    public static IReadOnlyList<MacAddress> WithWlan(IReadOnlyList<MacAddress> macs, HostDetails details) =>
        MacAddress.TryParse(details.WlanMac, out var wlan) && !macs.Contains(wlan) && macs.Count < HardwareLimits.MaxMacs ? [.. macs, wlan] : macs;

    // A card that is not its own any more must not be taken for it.
    private static List<MacAddress> WithNewWlan(Host host, IReadOnlyList<MacAddress> macs, HostDetails details)
    {
        var others = MacAddress.TryParse(host.Details.WlanMac, out var before) ? [.. macs.Where(mac => mac != before)] : macs;
        return MacsOf(host, WithWlan(others, details));
    }

    private static List<MacAddress> MacsOf(Host host, IReadOnlyList<MacAddress> asked)
    {
        var macs = asked.Where(mac => mac != default).Distinct().ToList();
        if (macs.Count > HardwareLimits.MaxMacs)
        {
            throw HostErrors.TooManyMacs(macs.Count);
        }

        return macs.Count > 0 || HardwareValues.Of(host.Identity).IsStrong ? macs : throw HostErrors.MacNeeded(host.Name.ToString());
    }

    private static string NotesOf(string? text) => Line("A note", text, PlainText.MaxNotes) ?? "";

    private static HostDetails DetailsOf(HostDetails before, HostDetails? asked) => asked is null ? before : new HostDetails(
        Detail("An IP address", before.Ip, asked.Ip),
        Detail("A row", before.Row, asked.Row),
        Detail("A place", before.Place, asked.Place),
        WlanMacOf(before.WlanMac, asked.WlanMac),
        Detail("An IP address", before.WlanIp, asked.WlanIp),
        Detail("A serial number", before.Serial, asked.Serial),
        Detail("An inventory number", before.InventoryNumber, asked.InventoryNumber),
        Detail("An owner", before.Owner, asked.Owner));

    private static string? WlanMacOf(string? before, string? asked) => asked switch
    {
        null => before,
        "" => null,
        _ => MacAddress.TryParse(asked, out var mac) ? mac.ToString() : throw HostErrors.WlanMacInvalid(asked),
    };

    private static string? Detail(string what, string? before, string? asked) => asked is null ? before : Line(what, asked, PlainText.MaxDetail);

    private static string? Line(string what, string? text, int max) =>
        !PlainText.TryLine(text, max, out var line) ? throw HostErrors.TextTooLong(what, max) : line.Length == 0 ? null : line;

    private IReadOnlyList<PartitionOverride> OverridesOf(Host host, IReadOnlyList<PartitionOverride> asked) => _productIds.Sealed(
        asked.OfType<PartitionOverride>().Select(own => own with { Description = PlanRules.DescriptionOf(own.Description) }), host);
}
