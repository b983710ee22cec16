namespace OsDeploy.Tests;
public sealed class SmokeTest { [Xunit.Fact] public void A_b() => Xunit.Assert.True(true); }
