using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Personal;
using OsDeploy.Personalisation;
using OsDeploy.Server.Configurations;
using OsDeploy.Server.Hosts;
using OsDeploy.Storage.Documents;
using OsDeploy.Text;

namespace OsDeploy.Server.Personalisation;

/// <summary>The files that hosts get besides their image. Where one names a room, a configuration or a host, its id is kept: names change.</summary>
/// <remarks><c>by</c> is the caller's <see cref="Api.Caller.AuditName"/>.</remarks>
internal sealed class AdditionRegistry
{
    /// <summary>A package of drivers has some thousand files.</summary>
    public const int MostAdditions = 20_000;

    private const int MostPattern = 64;

    private readonly Registry _registry;
    private readonly ContentStore _contents;
    private readonly Collection<Addition> _kept;

    public AdditionRegistry(DocumentStore documents, Registry registry, ContentStore contents)
    {
        (_registry, _contents) = (registry, contents);
        _kept = documents.GetCollection("addition", ApiJson.Default.Addition, addition => addition.Id);
    }

    /// <summary>With names, in the order in which they take effect.</summary>
    public IReadOnlyList<AdditionView> List()
    {
        var named = NamesOf();
        return [.. AdditionRules.InOrder(_kept.FindAll().Select(kept => ViewOf(kept, named)), view => view.Addition)];
    }

    /// <summary>All contents that are named.</summary>
    public IEnumerable<ContentId> Contents => _kept.FindAll().Select(kept => kept.Value.Content);

    /// <param name="id">Or how it begins.</param>
    /// <exception cref="UserErrorException"><c>addition-missing</c>, <c>addition-ambiguous</c></exception>
    public AdditionView Show(string id) => ViewOf(Require(id), NamesOf());

    /// <exception cref="UserErrorException"><c>addition-missing</c>, <c>content-missing</c>, <c>content-damaged</c></exception>
    public Task<FileStream> OpenAsync(string id, CancellationToken cancel) => _contents.OpenAsync(Require(id).Value.Content, cancel);

    /// <summary>What a host would get.</summary>
    /// <exception cref="UserErrorException"><c>host-missing</c></exception>
    public IReadOnlyList<HostAddition> For(string name)
    {
        var (host, _) = _registry.HostOf(name);
        var met = host with { Inventory = _registry.Inventories.FindById(host.Id)?.Value.Inventory };
        return AdditionRules.Explain(List().Select(view => view.Addition), met, PersonalSystems.Of(EffectivePlan.Of(_registry.ConfigurationOf(host), host).Select(partition => partition.Plan)));
    }

    /// <exception cref="UserErrorException">
    /// <c>content-missing</c>, <c>addition-path-invalid</c>, <c>addition-file-invalid</c>, <c>registry-file</c>, <c>addition-invalid</c>,
    /// <c>additions-too-many</c>, <c>configuration-missing</c>, <c>room-missing</c>, <c>host-missing</c>
    /// </exception>
    public async Task<IReadOnlyList<AdditionView>> AddAsync(NewAdditions asked, string by, CancellationToken cancel)
    {
        var checkedFiles = new List<(NewAddition Asked, long Size, string? Warning)>();
        foreach (var one in asked.Additions.OfType<NewAddition>())
        {
            var (size, warning) = await LookAsync(one.Kind, one.Path, one.Content, cancel);
            checkedFiles.Add((one, size, warning));
        }

        return _registry.Transact(() =>
        {
            if (_kept.Count() + checkedFiles.Count > MostAdditions)
            {
                throw PersonalErrors.TooManyAdditions(MostAdditions);
            }

            var named = NamesOf();
            return (IReadOnlyList<AdditionView>)[.. checkedFiles.Select(file => ViewOf(_kept.Insert(Audited("addition-add", New(file.Asked, file.Size, file.Warning, by))), named))];
        });
    }

    /// <inheritdoc cref="AddAsync"/>
    /// <exception cref="UserErrorException"><c>addition-missing</c>, <c>changed-meanwhile</c></exception>
    public async Task<AdditionView> ChangeAsync(string id, AdditionChange change, string by, CancellationToken cancel)
    {
        var seen = Require(id).Value;
        var (path, content) = (change.Path ?? seen.Path, change.Content ?? seen.Content);
        var (size, warning) = await LookAsync(seen.Kind, path, content, cancel);
        return _registry.Transact(() =>
        {
            var (before, rev) = Require(seen.Id);
            Registry.ThrowIfStale(change.Rev, rev, before.ChangedBy, before.ChangedAt);
            var after = Checked(before with
            {
                Path = path,
                Content = content,
                Size = size,
                Warning = warning,
                Order = change.Order ?? before.Order,
                Disk = change.AnyPartition ? null : change.Disk ?? before.Disk,
                Number = change.AnyPartition ? null : change.Number ?? before.Number,
                For = change.For is { } selector ? WithIds(selector) : before.For,
                ChangedBy = by,
                ChangedAt = _registry.Now,
            });
            return ViewOf(_kept.Update(Audited("addition-change", after), rev), NamesOf());
        });
    }

    /// <exception cref="UserErrorException"><c>addition-missing</c></exception>
    public void Delete(string id, string by) => _registry.Transact(() =>
    {
        var (gone, rev) = Require(id);
        _kept.Delete(gone.Id, rev);
        _ = Audited("addition-delete", gone with { ChangedBy = by });
    });

    // A number that is no word's is read as JSON too.
    private static Addition Checked(Addition addition)
    {
        var isWord = Enum.IsDefined(addition.Kind) && (addition.For.Os is not { } os || Enum.IsDefined(os)) && (addition.For.Join is not { } join || Enum.IsDefined(join));
        if (!isWord)
        {
            throw Errors.RequestMalformed("there is no such kind, operating system or join mode");
        }

        if (addition.Disk is null != addition.Number is null)
        {
            throw PersonalErrors.AdditionInvalid("A partition is a disk and a number.", "Name both, as 1.3, or neither.");
        }

        if (addition is { Disk: { } disk, Number: { } number } && (disk is < 1 or > 32 || number is < 1 or > PlanRules.MaxPartitions))
        {
            throw ConfigurationErrors.PartitionNumber(PlanRules.Where(disk, number, null));
        }

        return addition.Order is >= 0 and <= Addition.MaxOrder ? addition
            : throw PersonalErrors.AdditionInvalid("The order of an addition is a number from 0 to 9999.", "Smaller numbers take effect first; most additions have 100.");
    }

    private static string? PatternOf(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : text.Length <= MostPattern && Printable.Of(text, MostPattern) == text ? text
        : throw PersonalErrors.AdditionInvalid(string.Create(CultureInfo.InvariantCulture, $"A pattern has up to {MostPattern} characters, and none that cannot be shown."), "Write it like r101-*, OptiPlex*.");

    private static AdditionView ViewOf(Stored<Addition> kept, Func<Selector, Selector> named) => new(kept.Value with { For = named(kept.Value.For) }, kept.Rev);

    private static string DetailOf(Addition addition) => string.Create(
        CultureInfo.InvariantCulture, $"{addition.Kind} {addition.Path} {addition.Content.ToString()[..12]}, {addition.Size} bytes");

    private Addition New(NewAddition asked, long size, string? warning, string by) => Checked(new Addition
    {
        Id = Registry.NewId(),
        Order = asked.Order,
        Kind = asked.Kind,
        Path = asked.Path,
        Content = asked.Content,
        Size = size,
        Warning = warning,
        Disk = asked.Disk,
        Number = asked.Number,
        For = WithIds(asked.For ?? new Selector()),
        ChangedBy = by,
        ChangedAt = _registry.Now,
    });

    private async Task<(long Size, string? Warning)> LookAsync(PersonalFileKind kind, string path, ContentId content, CancellationToken cancel)
    {
        AdditionChecks.CheckPath(kind, path);
        if (!_contents.Hold(content))
        {
            throw PersonalErrors.ContentGone();
        }

        await using var file = await _contents.OpenAsync(content, cancel);
        if (file.Length > AdditionChecks.MostRead)
        {
            AdditionChecks.CheckLarge(kind, path);
            return (file.Length, null);
        }

        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, cancel);
        return (bytes.Length, AdditionChecks.Check(kind, path, bytes));
    }

    private Selector WithIds(Selector named) => named with
    {
        Configuration = string.IsNullOrEmpty(named.Configuration) ? null : _registry.ConfigurationOf(named.Configuration).Value.Id,
        Room = string.IsNullOrEmpty(named.Room) ? null : _registry.RoomOf(named.Room).Value.Id,
        Host = string.IsNullOrEmpty(named.Host) ? null : _registry.HostOf(named.Host).Value.Id,
        Names = PatternOf(named.Names),
        Vendor = PatternOf(named.Vendor),
        Model = PatternOf(named.Model),
    };

    // The id of one that was deleted stays, and is nobody's name.
    private Func<Selector, Selector> NamesOf()
    {
        var configurations = _registry.Configurations.FindAll().ToDictionary(one => one.Value.Id, one => one.Value.Name);
        var rooms = _registry.Rooms.FindAll().ToDictionary(one => one.Value.Id, one => one.Value.Name);
        return kept => kept with
        {
            Configuration = kept.Configuration is { } configuration ? configurations.GetValueOrDefault(configuration, configuration) : null,
            Room = kept.Room is { } room ? rooms.GetValueOrDefault(room, room) : null,
            Host = kept.Host is { } host ? _registry.Hosts.FindById(host)?.Value.Name.ToString() ?? host : null,
        };
    }

    private Stored<Addition> Require(string id) => _kept.FindAll().Where(kept => id.Length > 0 && kept.Value.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase)).Take(2).ToList() switch
    {
        [var only] => only,
        [] => throw PersonalErrors.AdditionMissing(id),
        _ => throw PersonalErrors.AdditionAmbiguous(id),
    };

    private Addition Audited(string action, Addition addition)
    {
        _registry.Edges.Audit(addition.ChangedBy, action, addition.Id[..8], DetailOf(addition));
        return addition;
    }
}
