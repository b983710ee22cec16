using System.Globalization;
using OsDeploy.Benchmarks.Measuring;
using OsDeploy.Benchmarks.Volumes;
using OsDeploy.Text;

namespace OsDeploy.Benchmarks.Trials;

/// <summary>Runs contenders of one trial in turn, round after round.</summary>
/// <param name="say">Told of each run.</param>
internal sealed class TrialRun(Trial trial, Settings settings, Action<string> say)
{
    private readonly Dictionary<string, string> _failures = [];

    public async Task<TrialResult> RunAsync(IReadOnlyList<Contender> contenders, Volume? volume, CancellationToken cancel)
    {
        await using var bench = await Workbench.SetUpAsync(trial, volume, settings, cancel);
        await TakeImagesAsync(bench, contenders, cancel);
        var runs = contenders.ToDictionary(contender => contender.Name, _ => new List<Measured>());
        for (var round = 0; round < settings.Rounds; round++)
        {
            foreach (var contender in contenders.Where(it => round == 0 || !it.IsRunOnce))
            {
                await TryAsync(contender, async () =>
                {
                    var measured = await bench.RunAsync(contender, mustCheck: round == 0, cancel);
                    runs[contender.Name].Add(measured);
                    say(string.Create(CultureInfo.InvariantCulture,
                        $"{trial.Name} round {round + 1}: {contender.Name} {measured.Seconds:0.0} s, {measured.CpuSeconds:0.0} s of CPU"));
                    if ((measured.Room?.FirstFailure ?? measured.Streamed?.FirstFailure) is { } why)
                    {
                        say(string.Create(CultureInfo.InvariantCulture, $"{trial.Name} round {round + 1}: a host failed: {Printable.Of(why)}"));
                    }
                }, cancel);
            }
        }

        return new TrialResult(trial, bench.Wanted?.UsedBytes ?? 0, contenders.ToDictionary(
            contender => contender.Name,
            contender => new Samples(runs[contender.Name], _failures.GetValueOrDefault(contender.Name))));
    }

    private async Task TakeImagesAsync(Workbench bench, IReadOnlyList<Contender> contenders, CancellationToken cancel)
    {
        var needed = contenders.Select(contender => contender.Image).OfType<string>().ToHashSet();
        foreach (var capture in (trial.Images ?? []).Where(it => needed.Contains(it.Name)))
        {
            var asImage = capture with { Name = "image of " + capture.Name };
            await TryAsync(asImage, () => bench.TakeImageAsync(capture, cancel), cancel);
            foreach (var contender in contenders.Where(it => it.Image == capture.Name && _failures.ContainsKey(asImage.Name)))
            {
                _failures[contender.Name] = _failures[asImage.Name];
            }
        }
    }

    /// <summary>A contender that failed once does not run again; the others go on.</summary>
    private async Task TryAsync(Contender contender, Func<Task> action, CancellationToken cancel)
    {
        if (_failures.ContainsKey(contender.Name))
        {
            return;
        }

        try
        {
            if (MissingFor(contender) is { } missing)
            {
                _failures[contender.Name] = missing;
                return;
            }

            await action();
        }
        catch (UserErrorException e) when (!cancel.IsCancellationRequested)
        {
            _failures[contender.Name] = e.Message;
            say($"{trial.Name}: {contender.Name}: {e.Message}");
        }
    }

    private string? MissingFor(Contender contender)
    {
        foreach (var program in contender.Programs)
        {
            var own = OwnProgram(program);
            if (own is not null && !File.Exists(own))
            {
                return Errors.NotBuilt(own);
            }

            if (own is null && Command.Find(program) is null)
            {
                return Errors.NotInstalled(program);
            }
        }

        return null;
    }

    private string? OwnProgram(string program) => program switch
    {
        Contenders.Osdeploy => settings.Osdeploy,
        ApplianceContenders.Osdeployd => settings.Osdeployd,
        _ => null,
    };
}
