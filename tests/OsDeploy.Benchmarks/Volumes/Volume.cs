namespace OsDeploy.Benchmarks.Volumes;

/// <summary>A made volume.</summary>
internal sealed record Volume(VolumeRecipe Recipe, DayImage First, DayImage Later)
{
    public DayImage On(Day day) => day == Day.First ? First : Later;
}
