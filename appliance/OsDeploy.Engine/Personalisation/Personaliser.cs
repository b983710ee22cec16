using OsDeploy.Disks;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Personalisation;

/// <summary>Makes a restored disk one host's own. It comes before the disk's table is committed: no computer starts as somebody else.</summary>
/// <param name="secrets">Asked for once, when the first of them is written.</param>
/// <param name="say">Told of each difference as it is made.</param>
/// <param name="mountFolder">Partitions are mounted in folders of it.</param>
public sealed class Personaliser(
    Personality personality, PersonalContent content, Func<CancellationToken, Task<PersonalSecrets>> secrets, Action<PersonalChange> say, Action<string> warn, string mountFolder = Personaliser.ToolMounts)
{
    /// <summary>Where scripts find a partition in the tool: <c>/mnt/sda1</c>.</summary>
    public const string ToolMounts = "/mnt";

    private static readonly PersonalFileKind[] s_lookedInto =
        [PersonalFileKind.Registry, PersonalFileKind.JoinScript, PersonalFileKind.PostScript, PersonalFileKind.SshKey, PersonalFileKind.Printers, PersonalFileKind.BeforeJob, PersonalFileKind.AfterJob];

    private PersonalSecrets? _secrets;

    /// <summary>Whether there is anything to do on a partition.</summary>
    internal bool Concerns(int disk, int partition) => SystemsOn(disk).Any(system => system.Number == partition) || OwnScripts(disk).Any(script => script.Number == partition);

    /// <summary>Fetches all that is looked into: what is missing is known before a disk is written.</summary>
    /// <exception cref="UserErrorException"><c>personal-content</c>, or why it cannot be fetched</exception>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        var templates = personality.Systems.Select(system => system.Template).OfType<ContentId>();
        foreach (var id in templates.Concat(personality.Files.Where(file => s_lookedInto.Contains(file.Kind)).Select(file => file.Content)).Distinct())
        {
            await content.ReadAsync(id, cancel);
        }

        // What could not be done later is said now.
        foreach (var script in personality.Files.Where(file => file.Kind is PersonalFileKind.PostScript or PersonalFileKind.BeforeJob or PersonalFileKind.AfterJob))
        {
            HostScript.RequireInterpreter(script.Path, await content.ReadAsync(script.Content, cancel));
        }

        foreach (var system in personality.Systems.Where(system => system.Os is not (OperatingSystem.Data or OperatingSystem.WinBoot or OperatingSystem.Linux)))
        {
            await WindowsPlan.CheckAsync(system, FilesOf(system), content, cancel);
        }
    }

    /// <summary>Puts the school's own files into the tool that runs here.</summary>
    /// <param name="root">Where its files are.</param>
    /// <exception cref="UserErrorException"><c>personal-content</c>, <c>personal-path</c></exception>
    public async Task PutOverlayAsync(string root, CancellationToken cancel)
    {
        var writer = new VolumeWriter(new VolumeTree(root, ignoresCase: false), content);
        foreach (var file in personality.Files.Where(file => file.Kind == PersonalFileKind.Overlay))
        {
            await writer.DoAsync(new WriteStep(file.Path, "a file of the tool", null, file, FileAccessKind.Program), cancel);
        }
    }

    /// <summary>Runs the scripts of the school that belong before or after a job, on this computer.</summary>
    /// <exception cref="UserErrorException"><c>personal-script</c></exception>
    public async Task RunHooksAsync(PersonalFileKind kind, CancellationToken cancel)
    {
        foreach (var file in personality.Files.Where(file => file.Kind == kind))
        {
            var what = kind == PersonalFileKind.BeforeJob ? "before" : "after";
            await new HostScript(file.Path, await content.ReadAsync(file.Content, cancel), HostScript.Limit).RunAsync(
                new Dictionary<string, string> { ["OSDEPLOY_HOST"] = personality.Name.ToString(), ["OSDEPLOY_ROOM"] = personality.Room ?? "" },
                line => say(new PersonalChange(what, "run", file.Path, Text.Printable.Of(line))),
                cancel);
        }
    }

    /// <summary>
    /// The first disk of an image, which has its table. It is set aside while a partition is changed: a system that is half one host and half
    /// another does not start. What stops it leaves it so, and doing the same again finishes it.
    /// </summary>
    /// <param name="disk">Device node or image file.</param>
    /// <param name="isDryRun">Only say what would be done.</param>
    /// <exception cref="UserErrorException">Why it is not to be written, or what is missing.</exception>
    public async Task RunAsync(string disk, bool isDryRun, bool allowRemovable, CancellationToken cancel)
    {
        var layout = await DiskInspector.InspectAsync(disk, cancel);
        if (!isDryRun && TargetChecks.FindForAnyWrite(layout.Disk, allowRemovable) is [var refusal, ..])
        {
            throw refusal;
        }

        await PrepareAsync(cancel);
        var places = layout.Partitions.Where(partition => partition is { IsContainer: false, FileSystem: not null })
            .ToDictionary(partition => partition.Number, partition => new PersonalPlace(Volume.NameOf(1, partition.Number), partition.Offset, partition.Length, partition.FileSystem!));
        RequirePlaces(1, places.Keys);
        using var claimed = isDryRun ? null : DiskFile.OpenWrite(layout.Disk);

        // What was stopped comes first: the sector that is set aside has room for one.
        foreach (var partition in Finishing(layout, places.Keys).ThenBy(partition => partition))
        {
            await RunAsync(1, partition, layout.Disk, places, claimed, isDryRun, cancel);
            if (partition == layout.Aside?.Partition)
            {
                say(new PersonalChange(places[partition].Name, "set", "the partition table", "in its place again: the disk starts"));
            }
        }
    }

    /// <exception cref="UserErrorException"><c>disk-unfinished</c>: what was stopped there would start half done</exception>
    private IOrderedEnumerable<int> Finishing(DiskLayout layout, IEnumerable<int> partitions)
    {
        var concerned = partitions.Where(partition => Concerns(1, partition)).ToList();
        return layout.Aside is { } aside && (aside.Work != AsideWork.Personalisation || !concerned.Contains(aside.Partition))
            ? throw DiskErrors.Unfinished(layout.Disk.Path, aside)
            : concerned.OrderBy(partition => partition != layout.Aside?.Partition);
    }

    /// <exception cref="UserErrorException"><c>personal-no-partition</c></exception>
    internal void RequirePlaces(int disk, IReadOnlyCollection<int> partitions)
    {
        if (SystemsOn(disk).FirstOrDefault(system => !partitions.Contains(system.Number)) is { } missing)
        {
            throw PersonalErrors.NoSuchPartition(disk, missing.Number);
        }
    }

    /// <summary>Asks for the secrets that a disk will need, so that afterwards nothing waits for the network.</summary>
    internal async Task TakeSecretsAsync(int disk, CancellationToken cancel)
    {
        if (SystemsOn(disk).Any(system => system.Os != OperatingSystem.Linux))
        {
            _secrets ??= await secrets(cancel);
        }
    }

    /// <param name="number">Of the disk in the image.</param>
    /// <param name="partition">One that is concerned.</param>
    /// <param name="places">Partitions with a file system, by number.</param>
    /// <param name="toSetAside">Its table is set aside from the first change to the last; null: nothing would start from it as it is.</param>
    internal async Task RunAsync(
        int number, int partition, DiskIdentity disk, IReadOnlyDictionary<int, PersonalPlace> places, IDisk? toSetAside, bool isDryRun, CancellationToken cancel)
    {
        var (place, system) = (places[partition], SystemsOn(number).FirstOrDefault(system => system.Number == partition));
        await using var volume = await Volume.MountAsync(disk, place, isDryRun, $"{mountFolder}/{place.Name}", cancel);
        var plan = system is null ? new VolumePlan() : await PlanAsync(volume.Tree, system, place.Name, await SwapsAsync(disk, places.Values, cancel), cancel);
        plan.Warnings.ForEach(warn);
        var aside = place.Offset > 0 ? toSetAside : null; // a file system without a table has its own first sector there
        try
        {
            if (aside is not null)
            {
                TableAside.Put(aside, new SetAside(AsideWork.Personalisation, partition));
            }

            var run = new VolumeRun(volume.Tree, place.Name, content, personality, isDryRun, say);
            await run.DoAsync(plan, cancel);
            foreach (var script in ScriptsFor(number, partition, system is not null))
            {
                await run.RunScriptAsync(script, cancel);
            }

            await volume.UnmountAsync();
        }
        catch when (aside is not null && TableAside.Read(aside) is not null)
        {
            warn($"{Text.Printable.Of(disk.Path)} was left so that it does not start: partition {partition} is half done. Do the same again to finish it.");
            throw;
        }

        toSetAside?.Flush();
        if (aside is not null)
        {
            TableAside.PutBack(aside); // commit point
        }
    }

    private IEnumerable<PersonalSystem> SystemsOn(int disk) => personality.Systems.Where(system => system.Disk == disk && system.Os is not (OperatingSystem.Data or OperatingSystem.WinBoot));

    private IEnumerable<PersonalFile> OwnScripts(int disk) => personality.Files.Where(file => file.Kind == PersonalFileKind.PostScript && file.Disk == disk);

    // A script without a partition of its own runs for each system.
    private IEnumerable<PersonalFile> ScriptsFor(int disk, int partition, bool isSystem) =>
        personality.Files.Where(file => file.Kind == PersonalFileKind.PostScript && (file.Disk is null ? isSystem : file.Disk == disk && file.Number == partition));

    private IReadOnlyList<PersonalFile> FilesOf(PersonalSystem system) =>
        [.. personality.Files.Where(file => file.Disk is null || (file.Disk == system.Disk && file.Number == system.Number))];

    private async Task<VolumePlan> PlanAsync(VolumeTree tree, PersonalSystem system, string partition, IReadOnlyList<string> swaps, CancellationToken cancel)
    {
        if (system.Os == OperatingSystem.Linux)
        {
            return await new LinuxPlan(tree, FilesOf(system), personality, content, swaps).MakeAsync(partition, cancel);
        }

        _secrets ??= await secrets(cancel);
        return await new WindowsPlan(WindowsVolume.Of(tree, system.Os, partition), system, FilesOf(system), personality, _secrets, content).MakeAsync(cancel);
    }

    private static async Task<IReadOnlyList<string>> SwapsAsync(DiskIdentity disk, IEnumerable<PersonalPlace> places, CancellationToken cancel)
    {
        var found = new List<string>();
        foreach (var place in places.Where(place => place.FileSystem == "swap"))
        {
            if ((await Blkid.ProbeAsync(disk.Path, place.Offset, place.Length, cancel)).Uuid is { } uuid)
            {
                found.Add(uuid);
            }
        }

        return found;
    }
}
