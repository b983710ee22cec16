using System.IO.Enumeration;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Personal;
using OsDeploy.Personalisation;
using OsDeploy.Server.Hosts;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Server.Personalisation;

/// <summary>Which additions a host gets, and in which order. Pure.</summary>
internal static class AdditionRules
{
    private const int Step = 100;

    /// <summary>The order in which they take effect: by their number, then what is for many before what is for few, then by path.</summary>
    public static IEnumerable<T> InOrder<T>(IEnumerable<T> all, Func<T, Addition> of) => all
        .OrderBy(one => of(one).Order)
        .ThenBy(one => RankOf(of(one)))
        .ThenBy(one => of(one).Path, StringComparer.Ordinal)
        .ThenBy(one => of(one).Id, StringComparer.Ordinal);

    /// <summary>What is put onto a host.</summary>
    /// <param name="additions">With names, not ids, in their selectors.</param>
    /// <param name="host">With its inventory.</param>
    /// <param name="systems">Those that are restored.</param>
    public static IReadOnlyList<PersonalFile> For(IEnumerable<Addition> additions, Host host, IReadOnlyList<PersonalSystem> systems) =>
        [.. Fitting(additions, host, systems).Where(one => one.ReplacedBy is null).Select(one => one.File)];

    /// <summary>The same, with those that are replaced by a later one.</summary>
    public static IReadOnlyList<HostAddition> Explain(IEnumerable<Addition> additions, Host host, IReadOnlyList<PersonalSystem> systems) =>
        [.. Fitting(additions, host, systems).Select(one => new HostAddition(one.Addition with { Disk = one.File.Disk, Number = one.File.Number }, one.ReplacedBy))];

    private static List<(Addition Addition, PersonalFile File, string? ReplacedBy)> Fitting(IEnumerable<Addition> additions, Host host, IReadOnlyList<PersonalSystem> systems)
    {
        var fitting = InOrder(additions.Where(addition => IsFor(addition.For, host)), one => one)
            .SelectMany(addition => FilesOf(addition, systems).Select(file => (Addition: addition, File: file, ReplacedBy: (string?)null))).ToList();
        var last = new Dictionary<(PersonalFileKind, string, int?, int?), string>();
        for (var i = fitting.Count - 1; i >= 0; i--)
        {
            var (addition, file, _) = fitting[i];
            var key = (file.Kind, AdditionChecks.IsForWindows(file.Kind) ? file.Path.ToUpperInvariant() : file.Path, file.Disk, file.Number);
            if (!last.TryAdd(key, addition.Id))
            {
                fitting[i] = (addition, file, last[key]);
            }
        }

        return fitting;
    }

    private static bool IsFor(Selector selector, Host host) =>
        (selector.Host is null || PlainText.AreEqual(selector.Host, host.Name.ToString()))
        && (selector.Room is null || PlainText.AreEqual(selector.Room, host.Room))
        && (selector.Configuration is null || PlainText.AreEqual(selector.Configuration, host.Configuration))
        && Fits(selector.Names, host.Name.ToString())
        && Fits(selector.Vendor, host.Inventory?.Vendor)
        && Fits(selector.Model, host.Inventory?.Model);

    private static bool Fits(string? pattern, string? text) =>
        pattern is null || (text is not null && FileSystemName.MatchesSimpleExpression(pattern.Replace(@"\", @"\\", StringComparison.Ordinal), text.Trim(), ignoreCase: true));

    // Once for the host; or once for each partition, where only some of them are meant.
    private static IEnumerable<PersonalFile> FilesOf(Addition addition, IReadOnlyList<PersonalSystem> systems)
    {
        var meant = systems.Where(system => (addition.For.Os is null || system.Os == addition.For.Os) && (addition.For.Join is null || system.Join == addition.For.Join)).ToList();
        var (asksForSystem, isOfTool) = (addition.For.Os is not null || addition.For.Join is not null, addition.Kind is PersonalFileKind.Overlay or PersonalFileKind.BeforeJob or PersonalFileKind.AfterJob);
        if (isOfTool)
        {
            return asksForSystem && meant.Count == 0 ? [] : [FileOf(addition, null, null)];
        }

        var able = meant.Where(system => IsTakenBy(addition.Kind, system.Os)).ToList();
        if (addition is { Disk: { } disk, Number: { } number })
        {
            // A script of ours may run on a partition of data too.
            var isThere = able.Any(system => (system.Disk, system.Number) == (disk, number)) || (addition.Kind == PersonalFileKind.PostScript && !asksForSystem);
            return isThere ? [FileOf(addition, disk, number)] : [];
        }

        return asksForSystem ? able.Select(system => FileOf(addition, system.Disk, system.Number))
            : able.Count > 0 ? [FileOf(addition, null, null)]
            : [];
    }

    private static bool IsTakenBy(PersonalFileKind kind, OperatingSystem os) =>
        AdditionChecks.IsForWindows(kind) ? os is not (OperatingSystem.Linux or OperatingSystem.Data or OperatingSystem.WinBoot)
        : kind != PersonalFileKind.SshKey || os == OperatingSystem.Linux;

    private static PersonalFile FileOf(Addition addition, int? disk, int? number) => new(addition.Kind, addition.Path, addition.Content, addition.Size, disk, number);

    private static int RankOf(Addition addition)
    {
        var one = addition.For;
        (bool IsGiven, int Weight)[] conditions =
        [
            (one.Host is not null, 5), (one.Names is not null, 4), (one.Room is not null, 3), (one.Configuration is not null, 2),
            (one.Os is not null, 1), (one.Join is not null, 1), (one.Vendor is not null, 1), (one.Model is not null, 1), (addition.Number is not null, 1),
        ];
        var given = conditions.Where(condition => condition.IsGiven).ToList();
        return given.Count == 0 ? 0 : (given.Max(condition => condition.Weight) * Step) + given.Count;
    }
}
