using System.Globalization;
using OsDeploy.Benchmarks.Lines;
using OsDeploy.Benchmarks.Machine;
using OsDeploy.Benchmarks.Trials;
using OsDeploy.Benchmarks.Volumes;
using OsDeploy.Text;

namespace OsDeploy.Benchmarks;

/// <summary>One whole benchmark: volumes, trials, lines.</summary>
internal sealed class Bench(Settings settings, TextWriter output, TextWriter progress)
{
    /// <returns>Whether osdeploy ran wherever it was asked to; missed goals are results, not failures.</returns>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        var trials = SelectTrials();
        using var held = Scratch.Hold(settings.Work);
        await Leftovers.ClearAsync(settings.Work, cancel);
        Scratch.Empty(settings.ScratchFolder);
        var maker = new VolumeMaker(settings.VolumesFolder, Say);
        CheckRoom(trials, maker);
        var results = new List<TrialResult>();
        try
        {
            foreach (var trial in trials)
            {
                var contenders = ContendersOf(trial);
                var volume = trial.Volume is null ? null : await maker.GetAsync(trial.Volume, cancel);
                Announce(trial, contenders, volume);
                results.Add(await new TrialRun(trial, settings, Say).RunAsync(contenders, volume, cancel));
            }

            return results.All(HasRunOsdeploy);
        }
        finally
        {
            // Also when a later trial failed or was cancelled: what was measured took its time.
            await WriteAsync(results);
            Scratch.Empty(settings.ScratchFolder);
        }
    }

    public void List() => Write(Report.List(SelectTrials().SelectMany(trial => trial.Lines)));

    private List<Trial> SelectTrials()
    {
        var chosen = Catalogue.All(settings.Quick)
            .Select(trial => trial with { Lines = [.. trial.Lines.Where(line => line.Name.StartsWith(settings.Only, StringComparison.Ordinal))] })
            .Where(trial => trial.Lines.Count > 0)
            .ToList();
        return chosen.Count > 0 ? chosen : throw Errors.NoSuchLine(settings.Only);
    }

    private static List<Contender> ContendersOf(Trial trial)
    {
        var named = trial.Lines.SelectMany(line => new[] { line.Contender, line.Peer }).ToHashSet();
        return [.. trial.Contenders.Where(contender => named.Contains(contender.Name))];
    }

    /// <summary>Two days of each volume still to be made, and at most a target, three images and an output beside them, or a room of disks.</summary>
    private void CheckRoom(IReadOnlyList<Trial> trials, VolumeMaker maker)
    {
        var volumes = trials.Select(trial => trial.Volume).OfType<VolumeRecipe>().Distinct().ToList();
        var missing = volumes.Where(volume => !maker.Has(volume)).Sum(volume => 2 * volume.RoomNeeded);
        var scratch = trials.Select(trial => (3 + trial.Hosts) * (trial.Volume?.RoomNeeded ?? 0)).Max();
        var free = Scratch.FreeBytes(settings.Work);
        Say($"{settings.Work}: {Sizes.Of(missing + scratch)} needed ({Sizes.Of(missing)} for volumes that stay there), {Sizes.Of(free)} free");
        if (free < missing + scratch)
        {
            throw Errors.NoRoom(settings.Work, missing + scratch, free);
        }
    }

    private void Announce(Trial trial, IReadOnlyList<Contender> contenders, Volume? volume)
    {
        var store = trial.StoreOperationsPerSecond is { } limit
            ? string.Create(CultureInfo.InvariantCulture, $"; store on a disk of {limit} operations a second")
            : "";
        Write([volume is null ? trial.Name : $"{trial.Name} ({Report.Describe(volume)}{store})", .. Report.Commands(contenders), ""]);
    }

    private async Task WriteAsync(IReadOnlyList<TrialResult> results)
    {
        List<LineResult> lines = [.. results.SelectMany(result => result.Trial.Lines.Select(line => LineResult.Of(line, result)))];
        Write([.. Report.Table(lines), "", Report.Legend, .. Report.Notes(results)]);
        if (settings.Json is { } file)
        {
            await File.WriteAllTextAsync(file, Report.Json(lines), CancellationToken.None);
        }
    }

    private static bool HasRunOsdeploy(TrialResult result) =>
        result.Trial.Contenders.Where(contender => contender.Programs.Contains(Contenders.Osdeploy))
            .All(contender => !result.Samples.TryGetValue(contender.Name, out var samples) || samples.Failure is null);

    private void Say(string text) => progress.WriteLine(text);

    private void Write(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            output.WriteLine(line);
        }
    }
}
